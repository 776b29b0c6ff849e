from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"

    def ready(self):
        from inspections.citing import items_citing  # noqa: PLC0415  (needs its models)
        from reference import citing  # noqa: PLC0415

        citing.tell(items_citing)
