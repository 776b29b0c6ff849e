import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from inspections.models.submissions import Submission
from registry.models import Room


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
        Submission, models.CASCADE, related_name="room_results", db_index=False
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


class EvidencePhotoQuerySet(models.QuerySet):
    def shown(self):
        """Those that could be decoded: only what was encoded anew is shown."""
        return self.exclude(large="")

    def brought_by(self, submission):
        """Of a pack; of one that a reviewer made, those of the packs it was made of."""
        made_of = Q(submission=submission)
        settlement = submission.settlement_or_none
        while settlement:
            made_of |= Q(submission__in=[settlement.first_id, settlement.second_id])
            settlement = settlement.first.settlement_or_none
        return self.filter(made_of)

    def of_findings(self, findings):
        """The pictures of each finding since it was found, newest first, by its id."""
        taken = (
            self.shown()
            .filter(
                Q(submission__accepted=True) | Q(submission__settled_in__isnull=False),
                submission__visit__house__in={f.house_id for f in findings},
                item__in={f.item for f in findings},
            )
            .annotate(
                house=F("submission__visit__house"),
                # What was made of two packs has no pictures of its own.
                counts_as=Coalesce(
                    "submission__settled_in__submission",
                    "submission__went_into__submission",
                    "submission",
                ),
            )
            .order_by("-submission", "offset")
        )
        return {
            finding.pk: [
                photo
                for photo in taken
                if (photo.house, photo.room_id, photo.item)
                == (finding.house_id, finding.room_id, finding.item)
                and photo.counts_as >= finding.submission_id
            ]
            for finding in findings
        }


class EvidencePhoto(models.Model):
    """A picture within a pack; served only after it was decoded and re-encoded by the job."""

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "submission",
        "key",
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
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="photos", db_index=False
    )
    key = models.UUIDField()  # made on the tablet; a later revision may bring it again
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, related_name="+", db_index=False
    )
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

    objects = EvidencePhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "offset"], name="inspections_photo_place"
            ),
            models.UniqueConstraint(
                fields=["submission", "key"], name="inspections_photo_key"
            ),
        ]

    def __str__(self):
        return f"{self.item} {self.sha256[:8]}"
