import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from inspections.models.submissions import Submission
from inspections.models.visits import Visit
from registry.models import House, Room


class FindingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def critical(self):
        return self.filter(critical=True)

    def overdue(self):
        return self.open().filter(due_at__lt=clock.now())

    def for_landlord(self):
        """Public tasks and confidential matters are not the landlord's."""
        return self.filter(public_task=False)

    def of(self, user):
        """A landlord's own."""
        return self.filter(house__landlord__user=user)

    def in_use(self):
        """Of houses and rooms that are still let."""
        return self.filter(
            Q(room=None) | Q(room__withdrawn_at=None), house__withdrawn_at=None
        )

    def urgent_first(self):
        """What is urgent, then by date."""
        urgent = When(severity=Finding.Severity.URGENT, then=0)
        return self.order_by(Case(urgent, default=1), "due_at", "pk")

    def to_revisit(self):
        """Open, and either only a visit can settle it or its date has passed. Tasks of
        the commune are followed in its own list.
        """
        grave = Q(critical=True) | Q(severity=Finding.Severity.URGENT)
        late = Q(due_at__lt=clock.now())
        return self.open().in_use().filter(grave | late, public_task=False)

    def to_verify(self):
        """Open, and the landlord says that it is repaired."""
        return self.open().filter(Exists(_unverified()))

    def settled_on_paper(self):
        """Closed without a visit: found repaired on a picture, or no longer asked for."""
        seen = Verification.objects.by_picture().filter(finding=OuterRef("pk"))
        waived = Q(closed_how=Finding.Closed.WAIVED)
        return self.exclude(closed_at=None).filter(waived | Q(Exists(seen)))

    def with_status(self):
        """Adds `status`: open, overdue, repair_claimed, fixed, waived or corrected."""
        return self.annotate(
            status=Case(
                *(
                    When(closed_how=how, then=Value(how))
                    for how in Finding.Closed.values
                ),
                When(Exists(_unverified()), then=Value("repair_claimed")),
                When(due_at__lt=clock.now(), then=Value("overdue")),
                default=Value("open"),
                output_field=models.CharField(),
            )
        )


def _unverified():
    return Repair.objects.filter(finding=OuterRef("pk"), verification=None)


class Finding(models.Model):
    """Something not yet right, derived from an answer: a task with a date, no verdict."""

    class Severity(models.TextChoices):
        URGENT = "K", _("Urgent")
        SERIOUS = "N", _("Serious")
        MEDIUM = "T", _("Medium")
        MINOR = "L", _("Minor")

    class Step(models.TextChoices):
        """What has to be done by a date; some repairs have a first and a last step."""

        MAKE_SAFE = "make_safe", _("Make it safe for the time being")
        PLAN = "plan", _("Agree how it will be done")
        ASSIGN = "assign", _("Set the place apart")
        REPORT = "report", _("Tell the commune")
        BUILD = "build", _("Finish building it")
        CORRECT = "correct", _("Put it right")

    class Closed(models.TextChoices):
        FIXED = "fixed", _("Verified as repaired")
        CORRECTED = "corrected", _("Corrected by a newer submission")
        WAIVED = "waived", _("No longer asked for")

    PERSONAL = {"closed_by"}
    NOT_PERSONAL = {
        "id",
        "visit",
        "submission",
        "house",
        "room",
        "item",
        "severity",
        "critical",
        "public_task",
        "due",
        "due_at",
        "opened_at",
        "last_seen_at",
        "closed_at",
        "closed_how",
        "closed_because",
    }

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="findings")
    house = models.ForeignKey(House, models.PROTECT, related_name="findings")
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    item = models.CharField(max_length=10)
    severity = models.CharField(max_length=1, choices=Severity)
    critical = models.BooleanField()
    public_task = models.BooleanField(default=False)
    due = models.JSONField()  # [{"what": "make_safe", "at": ISO}, ...] in order
    due_at = models.DateTimeField()  # the first of them
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    last_seen_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    closed_how = models.CharField(max_length=10, choices=Closed, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = [
            models.Index(
                fields=["house"],
                condition=Q(closed_at=None),
                name="inspections_finding_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "room", "item"],
                nulls_distinct=False,
                condition=Q(closed_at=None),
                name="inspections_finding_open_once",
            ),
            models.CheckConstraint(
                name="inspections_finding_closed_at_by_how",
                condition=Q(closed_at=None, closed_by=None, closed_how="")
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(closed_how="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.item} {self.severity}"

    @property
    def place(self):
        """Where it is, in the rules' words; a room of None is the house."""
        return {"item": self.item, "room": self.room and self.room.code}

    @property
    def as_open(self):
        """The rules' input: docs/reference/checklist-format.md, `open_findings`."""
        return self.place | {
            "severity": self.severity,
            "critical": self.critical,
            "due": self.due,
        }

    @property
    def since(self):
        return clock.iso(self.opened_at)

    @property
    def needs_visit(self):
        """Whether only a new visit may find it repaired. A picture cannot show that a
        door opens from inside: see docs/explanation/findings.md.
        """
        return self.critical or self.severity == self.Severity.URGENT

    @property
    def steps(self):
        """What is asked for, in order, each with its moment."""
        return [
            (self.Step(step["what"]).label, dt.datetime.fromisoformat(step["at"]))
            for step in self.due
        ]

    def words(self):
        """Label, help and repair of the item, in the language of the moment."""
        item = self.visit.version.items[self.item]
        language = (get_language() or "vi")[:2]
        return {name: item[name][language] for name in ("label", "help", "repair")}


class RepairQuerySet(models.QuerySet):
    def waiting(self):
        """Nobody has looked at them yet, and the finding is still open."""
        return self.filter(verification=None, finding__closed_at=None)


class Repair(models.Model):
    """The landlord says that something is repaired, with a picture."""

    PERSONAL = {"by"}
    NOT_PERSONAL = {"id", "finding", "note", "small", "large", "at"}

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="repairs")
    note = models.TextField(_("what was done"), blank=True, max_length=500)
    small = models.FileField(upload_to="repairs/", max_length=200, blank=True)
    large = models.FileField(upload_to="repairs/", max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RepairQuerySet.as_manager()

    class Meta:
        get_latest_by = "at"

    def __str__(self):
        return f"{self.finding_id}: {self.at:%Y-%m-%d}"


class VerificationQuerySet(models.QuerySet):
    def by_picture(self):
        """Found repaired on a picture, without a visit."""
        return self.filter(
            result=Verification.Result.FIXED, repair__isnull=False
        ).select_related("finding__room")


class Verification(models.Model):
    """Staff looked at a repair, on its photo or in a new visit: fixed, or not yet."""

    class Result(models.TextChoices):
        FIXED = "fixed", _("Repaired")
        NOT_FIXED = "not_fixed", _("Not yet repaired")

    PERSONAL = {"by"}
    NOT_PERSONAL = {"id", "finding", "repair", "visit", "result", "note", "at"}

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="verifications")
    repair = models.OneToOneField(
        Repair, models.PROTECT, null=True, blank=True, related_name="verification"
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="verifications"
    )
    result = models.CharField(max_length=10, choices=Result)
    note = models.TextField(blank=True, max_length=500)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_verification_not_fixed_has_note",
                condition=~Q(result="not_fixed", note=""),
                violation_error_message=_("Write what is still missing."),
            ),
            models.CheckConstraint(
                name="inspections_verification_of_something",
                condition=Q(repair__isnull=False) | Q(visit__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.finding_id}: {self.result}"
