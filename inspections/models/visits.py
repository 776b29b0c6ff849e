import uuid

from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from inspections.models.checklists import ChecklistVersion
from registry.models import House


class Tie(models.Model):
    """What bars an inspector from a house: kin, neighbour, tenant, declared by herself."""

    class Kind(models.TextChoices):
        KIN = "kin", _("Related to the landlord")
        NEIGHBOUR = "neighbour", _("Neighbour")
        TENANT = "tenant", _("Lives there")
        OTHER = "other", _("Another tie")

    PERSONAL = {"inspector", "kind"}
    NOT_PERSONAL = {"id", "house", "declared_at"}

    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ties"
    )
    house = models.ForeignKey(House, models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=10, choices=Kind)
    declared_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspector", "house"],
                name="inspections_tie_once",
                violation_error_message=_("This tie is declared already."),
            )
        ]

    def __str__(self):
        return f"{self.inspector_id}: {self.house_id}"


class VisitQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(received_at=None, withdrawn_at=None)

    def of(self, inspector):
        return self.filter(inspector=inspector)

    def received(self):
        return self.filter(received_at__isnull=False)

    def with_state(self):
        """Adds `state`. A visit counts as returned until its next revision arrives."""
        waiting = _submissions().filter(
            visit=OuterRef("pk"), accepted=True, returned=None
        )
        return self.annotate(
            state=Case(
                When(received_at=None, withdrawn_at=None, then=Value("planned")),
                When(received_at=None, then=Value("withdrawn")),
                When(Exists(waiting), then=Value("received")),
                default=Value("returned"),
                output_field=models.CharField(),
            )
        )

    def needing_follow_up(self):
        """The newest visit of each house with something that only a visit settles, or
        that is overdue, and no visit planned. Adds `due_at`, `grave` and `count`.
        """
        findings = self.model._meta.get_field("findings").related_model.objects
        open_there = findings.to_revisit().filter(house=OuterRef("house")).order_by()
        newer = self.model.objects.received().filter(
            house=OuterRef("house"), received_at__gt=OuterRef("received_at")
        )
        planned = self.model.objects.planned().filter(house=OuterRef("house"))
        return (
            self.received()
            .filter(~Exists(newer), ~Exists(planned), house__withdrawn_at=None)
            .annotate(
                due_at=_one_of(open_there, Min("due_at")),
                count=_one_of(open_there, Count("pk")),
                grave=_one_of(open_there.critical(), Count("pk")),
            )
            .filter(due_at__isnull=False)
            .order_by("due_at")
        )

    def to_do(self):
        """Planned and not yet received, or sent back by a reviewer."""
        return self.with_state().filter(state__in=["planned", "returned"])


def _submissions():
    return Visit._meta.get_field("submissions").related_model.objects


def _one_of(rows, figure):
    """A figure over all the rows, as a subquery."""
    return Subquery(rows.values("house").annotate(figure=figure).values("figure"))


class Visit(models.Model):
    """One trip to one house. It is planned here or begun on the tablet, which makes the id.

    Its content arrives as submissions; the first is revision 1, and each return by a
    reviewer asks for the next. `received_at` is when the newest one was received.
    """

    PERSONAL = {"inspector", "planned_by", "withdrawn_by"}
    NOT_PERSONAL = {
        "id",
        "house",
        "version",
        "follow_up_of",
        "planned_for",
        "created_at",
        "received_at",
        "withdrawn_at",
        "withdrawn_because",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No index of their own where one below begins with them, or nobody asks by them: each
    # costs every visit that is received.
    house = models.ForeignKey(
        House, models.PROTECT, related_name="visits", db_index=False
    )
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits", db_index=False
    )
    version = models.ForeignKey(
        ChecklistVersion, models.PROTECT, related_name="visits", db_index=False
    )
    follow_up_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    planned_for = models.DateField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    received_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(
                fields=["inspector", "planned_for"], name="inspections_visit_day"
            ),
            models.Index(
                fields=["house", "-received_at"], name="inspections_visit_house"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["house"],
                condition=Q(received_at=None, withdrawn_at=None),
                name="inspections_visit_one_planned",
                violation_error_message=_(
                    "Withdraw the visit that is planned for this house first."
                ),
            ),
            models.CheckConstraint(
                name="inspections_visit_withdrawn_at_and_by",
                condition=paired("withdrawn_at", "withdrawn_by"),
            ),
            models.CheckConstraint(
                name="inspections_visit_follows_another",
                condition=Q(follow_up_of=None) | ~Q(follow_up_of=F("id")),
            ),
        ]

    def __str__(self):
        return f"{self.house} {self.planned_for}"
