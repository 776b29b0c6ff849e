"""Reading visits, findings and checklists."""

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework import mixins, viewsets
from rest_framework.permissions import AllowAny

from core.api import Pages
from inspections.api.serializers import (
    FINDING_STATES,
    VISIT_STATES,
    FindingSerializer,
    VersionSerializer,
    VisitSerializer,
)
from inspections.models import ChecklistVersion, Finding, Submission, Visit
from inspections.permissions import visible_findings, visible_visits


def _choices(values):
    return [(value, value) for value in values]


class VersionFilter(filters.FilterSet):
    checklist = filters.CharFilter()
    state = filters.ChoiceFilter(choices=_choices(["published", "retired"]))


class VersionPages(Pages):
    ordering = ("checklist", "-number")


class VersionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """Every checklist version that is or was in use; `url` leads to its document."""

    queryset = ChecklistVersion.objects.usable().defer("document")
    serializer_class = VersionSerializer
    filterset_class = VersionFilter
    pagination_class = VersionPages
    permission_classes = [AllowAny]
    authentication_classes = []


class VisitFilter(filters.FilterSet):
    house = filters.CharFilter("house__number")
    commune = filters.CharFilter("house__commune")
    state = filters.ChoiceFilter(choices=_choices(VISIT_STATES))
    planned_from = filters.DateFilter("planned_for", "gte")
    planned_to = filters.DateFilter("planned_for", "lte")
    received_since = filters.IsoDateTimeFilter("received_at", "gte")

    class Meta:
        model = Visit
        fields = []


class VisitPages(Pages):
    ordering = ("-planned_for", "-created_at")


class VisitViewSet(viewsets.ReadOnlyModelViewSet):
    """The inspector's own visits, and those of the communes in which one works."""

    queryset = Visit.objects.none()
    serializer_class = VisitSerializer
    filterset_class = VisitFilter
    pagination_class = VisitPages

    def get_queryset(self):
        submissions = Submission.objects.order_by("revision", "id")
        return (
            visible_visits(self.request.user)
            .with_state()
            .select_related("house", "inspector", "version")
            .defer("version__document")
            .prefetch_related(
                Prefetch("submissions", submissions.defer("document", "merged"))
            )
        )


class FindingFilter(filters.FilterSet):
    house = filters.CharFilter("house__number")
    room = filters.CharFilter("room__code")
    item = filters.CharFilter()
    severity = filters.ChoiceFilter(choices=Finding.Severity.choices)
    critical = filters.BooleanFilter()
    status = filters.ChoiceFilter(choices=_choices(FINDING_STATES))
    open = filters.BooleanFilter("closed_at", "isnull")
    due_before = filters.IsoDateTimeFilter("due_at", "lt")

    class Meta:
        model = Finding
        fields = []


class FindingViewSet(viewsets.ReadOnlyModelViewSet):
    """Findings of one's own houses, own visits, or the communes in which one works."""

    queryset = Finding.objects.none()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self):
        return (
            visible_findings(self.request.user)
            .with_status()
            .select_related("house", "room")
        )
