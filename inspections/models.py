import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from registry.models import House, Room, paired


class ChecklistVersion(models.Model):
    """A version of the checklist: draft, then published for ever, then retired.

    `document` is the whole checklist as docs/reference/checklist-format.md says; the rules
    and the tablet read only it. A trigger refuses any change once it is published.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    PERSONAL = {"published_by", "retired_by"}
    NOT_PERSONAL = {
        "id",
        "checklist",
        "number",
        "state",
        "document",
        "sha256",
        "published_at",
        "retired_at",
    }

    checklist = models.SlugField(default="safe-room")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "number"], name="inspections_version_number"
            ),
            models.UniqueConstraint(
                fields=["checklist"],
                condition=Q(state="published"),
                name="inspections_version_one_published",
                violation_error_message=_("Retire the published version first."),
            ),
            models.CheckConstraint(
                name="inspections_version_published_has_hash",
                condition=Q(state="draft", published_at=None)
                | (
                    ~Q(state="draft")
                    & Q(published_at__isnull=False)
                    & Q(sha256__regex=r"^[0-9a-f]{64}$")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.checklist} v{self.number}"

    @property
    def items(self):
        """The items by code."""
        return {item["code"]: item for item in self.document["items"]}


class Item(models.Model):
    """An item of a version as a row, so that law and findings can point at it.

    Written when the version is made, from the document; a trigger keeps it with it.
    """

    NOT_PERSONAL = {
        "id",
        "version",
        "code",
        "section",
        "scope",
        "position",
        "citations",
    }
    PERSONAL = set()

    version = models.ForeignKey(
        ChecklistVersion, models.CASCADE, related_name="item_rows"
    )
    code = models.CharField(max_length=10)
    section = models.CharField(max_length=2)
    scope = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    citations = models.ManyToManyField(
        "reference.LegalReference", blank=True, related_name="checklist_items"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="inspections_item_code"
            )
        ]

    def __str__(self):
        return self.code


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
    house = models.ForeignKey(House, models.PROTECT, related_name="visits")
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits"
    )
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="visits")
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


class Submission(models.Model):
    """One pack as it was received: the answers of a visit, and the pictures' place in a file.

    `accepted` is false for a pack that came with the id of another one but other bytes: it
    is kept for a human and has no effect.
    """

    PERSONAL = {"sent_by"}
    NOT_PERSONAL = {
        "id",
        "visit",
        "revision",
        "accepted",
        "document",
        "sha256",
        "size",
        "file",
        "receipt",
        "started_at",
        "finished_at",
        "clock_skew_ms",
        "received_at",
    }

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="submissions")
    revision = models.PositiveSmallIntegerField(default=1)
    accepted = models.BooleanField(default=True)
    document = models.JSONField()  # manifest and answers as sent
    sha256 = models.CharField(max_length=64)  # of the whole pack
    size = models.PositiveBigIntegerField()
    file = models.CharField(max_length=200, blank=True)  # the pack, if it has pictures
    receipt = models.CharField(max_length=20)
    # What the tablet's clock said, and how far it was from the server's when it sent.
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    clock_skew_ms = models.BigIntegerField(default=0)
    received_at = models.DateTimeField(default=clock.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        get_latest_by = "revision"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "revision"],
                condition=Q(accepted=True),
                name="inspections_submission_one_per_revision",
            ),
            models.UniqueConstraint(
                fields=["visit", "sha256"], name="inspections_submission_bytes"
            ),
        ]

    def __str__(self):
        return f"{self.visit_id} r{self.revision}"


class RoomResult(models.Model):
    """What the rules say of one room after one submission. Derived, never edited."""

    class Outcome(models.TextChoices):
        CERTIFY = "certify", _("May be certified")
        CONDITIONAL = "conditional", _("May be certified for 60 days")
        REFUSE = "refuse", _("Not yet")
        NOT_COMPLETE = "not_complete", _("Not complete")

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "submission",
        "room",
        "outcome",
        "overall",
        "security",
        "women",
        "blocking",
        "women_count",
        "men_count",
        "children_count",
    }

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="room_results"
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=20, choices=Outcome)
    overall = models.PositiveSmallIntegerField()  # percent, rounded down
    security = models.PositiveSmallIntegerField()
    women = models.PositiveSmallIntegerField()
    blocking = models.JSONField(default=list)
    women_count = models.PositiveSmallIntegerField(null=True)
    men_count = models.PositiveSmallIntegerField(null=True)
    children_count = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "room"], name="inspections_result_once"
            ),
            models.CheckConstraint(
                name="inspections_result_percent",
                condition=Q(overall__lte=100, security__lte=100, women__lte=100),
            ),
        ]

    def __str__(self):
        return f"{self.room_id}: {self.outcome}"


class EvidencePhoto(models.Model):
    """A picture within a pack; served only after it was decoded and re-encoded by the job."""

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "submission",
        "room",
        "item",
        "sha256",
        "offset",
        "size",
        "small",
        "large",
        "width",
        "height",
        "problem",
        "processed_at",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="photos")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    item = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    offset = models.PositiveBigIntegerField()  # within the pack's file
    size = models.PositiveIntegerField()
    small = models.FileField(upload_to="evidence/", max_length=200, blank=True)
    large = models.FileField(upload_to="evidence/", max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "offset"], name="inspections_photo_place"
            )
        ]

    def __str__(self):
        return f"{self.item} {self.sha256[:8]}"


class Return(models.Model):
    """A reviewer sends a submission back to the inspector with a note."""

    PERSONAL = {"by"}
    NOT_PERSONAL = {"id", "submission", "note", "at"}

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="returned"
    )
    note = models.TextField()
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_return_has_note",
                condition=~Q(note=""),
                violation_error_message=_("Write what the inspector has to do."),
            )
        ]

    def __str__(self):
        return f"{self.submission_id}: {self.note[:40]}"


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


class Finding(models.Model):
    """Something not yet right, derived from an answer: a task with a date, no verdict."""

    class Severity(models.TextChoices):
        URGENT = "K", _("Urgent")
        SERIOUS = "N", _("Serious")
        MEDIUM = "T", _("Medium")
        MINOR = "L", _("Minor")

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

    def words(self):
        """Label, help and repair of the item, in the language of the moment."""
        item = self.visit.version.items[self.item]
        language = (get_language() or "vi")[:2]
        return {name: item[name][language] for name in ("label", "help", "repair")}


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

    class Meta:
        get_latest_by = "at"

    def __str__(self):
        return f"{self.finding_id}: {self.at:%Y-%m-%d}"


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
