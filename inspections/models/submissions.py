import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from inspections.models.checklists import ChecklistVersion
from inspections.models.visits import Visit


class SubmissionQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(accepted=True)

    def unsettled(self):
        """Kept beside another of the same visit, and no reviewer has compared them yet."""
        return self.filter(accepted=False, settled_in=None)

    def same_day_as(self, submission):
        """What counts of other visits to the house on the day of this one."""
        begin = timezone.localtime(submission.visited_at).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        return (
            self.newest()
            .filter(
                visit__house=submission.visit.house_id,
                visited_at__gte=begin,
                visited_at__lt=begin + dt.timedelta(days=1),
            )
            .exclude(visit=submission.visit_id)
        )

    def with_rooms(self):
        """With whose visit it was, and `seen`: what the rules made of its rooms."""
        results = self.model._meta.get_field("room_results").related_model.objects
        return (
            self.select_related("visit__inspector", "visit__house")
            .defer("document", "merged")
            .order_by("visited_at")
            .prefetch_related(
                Prefetch(
                    "room_results",
                    results.select_related("room").order_by("room__label"),
                    to_attr="seen",
                )
            )
        )

    def newest(self):
        """Of each visit the submission that counts: the last one that was accepted."""
        newer = Submission.objects.filter(
            visit=OuterRef("visit"), accepted=True, revision__gt=OuterRef("revision")
        )
        return self.accepted().filter(~Exists(newer))


class Submission(models.Model):
    """One pack as it was received: the answers of a visit, and the pictures' place in a file.

    `accepted` is false for a pack that came with the id of another one but other bytes: it
    is kept for a human and has no effect by itself. What a reviewer made of the two is a
    submission too; it has a `settlement` and no file of its own.
    """

    PERSONAL = {"sent_by"}
    NOT_PERSONAL = {
        "id",
        "visit",
        "revision",
        "accepted",
        "document",
        "merged",
        "sha256",
        "size",
        "file",
        "receipt",
        "started_at",
        "finished_at",
        "clock_skew_ms",
        "visited_at",
        "flags",
        "received_at",
    }

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="submissions", db_index=False
    )
    revision = models.PositiveSmallIntegerField(default=1)
    accepted = models.BooleanField(default=True)
    document = models.JSONField()  # manifest and answers as sent
    # Of a follow-up, which asks only what is open: the rules' input with the answers that
    # still stand from the visit before.
    merged = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)  # of the whole pack
    size = models.PositiveBigIntegerField()
    file = models.CharField(max_length=200, blank=True)  # the pack, if it has pictures
    receipt = models.CharField(max_length=20, blank=True)
    # What the tablet's clock said, and how far it was from the server's: at the visit, as
    # far as the tablet knew, else when it sent.
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    clock_skew_ms = models.BigIntegerField(default=0)
    # The server's view of when the visit was: deadlines count from it.
    visited_at = models.DateTimeField()
    flags = models.JSONField(default=list, blank=True)  # docs/reference/pack.md
    received_at = models.DateTimeField(default=clock.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        get_latest_by = "revision"
        indexes = [
            models.Index(
                fields=["visit"],
                condition=Q(accepted=False),
                name="inspections_submission_kept",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "revision"],
                condition=Q(accepted=True),
                name="inspections_submission_one_per_revision",
            ),
            models.UniqueConstraint(
                fields=["visit", "sha256"], name="inspections_submission_bytes"
            ),
            models.UniqueConstraint(
                fields=["receipt"],
                condition=~Q(receipt=""),
                name="inspections_submission_receipt",
            ),
            models.CheckConstraint(
                name="inspections_submission_accepted_has_receipt",
                condition=Q(accepted=False, receipt="")
                | (Q(accepted=True) & ~Q(receipt="")),
            ),
        ]

    def __str__(self):
        return f"{self.visit_id} r{self.revision}"

    @property
    def as_visit(self):
        """The rules' input, whole: docs/reference/checklist-format.md, "Visit"."""
        return self.merged or rules_input(self.document, self.visited_at)

    @cached_property
    def version(self):
        """What its tablet asked with: of a record kept beside, perhaps not the visit's."""
        named = self.document["checklist"], self.document["version"]
        version = self.visit.version
        if (version.checklist, version.number) == named:
            return version
        return ChecklistVersion.objects.get(checklist=named[0], number=named[1])

    @property
    def settlement_or_none(self):
        """How it was made, if a reviewer made it of two."""
        return getattr(self, "settlement", None)


def rules_input(document, visited_at):
    return {
        "visited_at": visited_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "house": document["house_part"],
        "rooms": [
            {name: room[name] for name in ("id", "facts", "answers")}
            for room in document["rooms"]
        ],
    }


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
