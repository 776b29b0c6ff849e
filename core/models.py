from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from core import clock


def paired(*fields):
    """All of the fields are filled, or none of them is."""
    nothing = Q(**{f"{name}__isnull": True for name in fields})
    everything = Q(**{f"{name}__isnull": False for name in fields})
    return nothing | everything


class EventQuerySet(models.QuerySet):
    def under(self, thing):
        """All that happened to a thing and to what belongs to it, newest first."""
        return self.filter(under=label(thing)).select_related("by").order_by("-id")


class Event(models.Model):
    """One line of the audit trail: who did what, when, why. Never changed (trigger)."""

    PERSONAL = {"by"}
    NOT_PERSONAL = {"id", "kind", "subject", "under", "at", "data"}

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    under = models.CharField(max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["under", "-id"], name="core_event_under")]

    def __str__(self):
        return f"{self.kind} {self.subject}"


def label(thing: models.Model) -> str:
    return f"{thing._meta.label}:{thing.pk}"


def record(
    kind: str, subject: models.Model, *, by, under: models.Model | None = None, **data
) -> Event:
    """Write the audit line of an act, in the act's transaction.

    `by` is None for the system itself. `under` is what the office looks the history up by
    (usually the house); by default the subject. `data` holds no personal data in clear.
    """
    return Event.objects.create(
        kind=kind,
        subject=label(subject),
        under=label(under or subject),
        by=by,
        at=clock.now(),
        data=data,
    )


class Use(models.Model):
    """How many times something was asked within a window of time; see core/budget.py."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "what", "whose", "window_start", "times"}

    what = models.CharField(max_length=40)
    whose = models.CharField(max_length=32)  # a keyed hash
    window_start = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["what", "whose", "window_start"], name="core_use_window"
            )
        ]

    def __str__(self):
        return f"{self.what}: {self.times}"
