from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from inspections import pack as packs
from inspections.models.submissions import Submission
from registry.models import House


class UploadQuerySet(models.QuerySet):
    def of(self, author):
        return self.filter(author=author)

    def incomplete(self):
        """What has not been received yet, the oldest first."""
        return (
            self.filter(submission=None)
            .select_related("author", "house__commune")
            .order_by("begun_at", "pk")
        )


class Upload(models.Model):
    """A sealed pack that is sent in parts. The bytes, and which of them are here, are on
    the disk; this row says whose they are and what became of them.
    """

    PERSONAL = {"author"}
    NOT_PERSONAL = {
        "id",
        "visit",
        "sha256",
        "size",
        "begun_at",
        "house",
        "bounds",
        "refused",
        "submission",
    }

    visit = models.UUIDField()  # often of no row yet: the tablet made it
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64)  # of the sealed bytes
    size = models.PositiveBigIntegerField()  # of the sealed bytes
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    # Known once the document could be read and nothing spoke against it: where in the
    # plain pack the document and each photo end.
    house = models.ForeignKey(
        House, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bounds = models.JSONField(null=True, blank=True)
    refused = models.CharField(max_length=40, blank=True)  # the code of the reason
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="uploads"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = [
            models.Index(
                fields=["begun_at"],
                condition=Q(submission=None),
                name="inspections_upload_incomplete",
            ),
            models.Index(fields=["author"], name="inspections_upload_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "sha256"], name="inspections_upload_bytes"
            ),
            models.CheckConstraint(
                name="inspections_upload_sha256",
                condition=Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="inspections_upload_read_as_a_whole",
                condition=Q(bounds__isnull=True, house=None)
                | Q(bounds__isnull=False, house__isnull=False),
            ),
            models.CheckConstraint(
                name="inspections_upload_received_or_refused",
                condition=Q(submission=None) | Q(refused=""),
            ),
        ]

    def __str__(self):
        return f"{self.visit} {self.sha256[:8]}"

    @cached_property
    def parts(self):
        return packs.Parts(self.visit, self.sha256)

    @cached_property
    def here(self):
        """Asked of the disk once for each row object."""
        return self.parts.here()

    @property
    def received(self):
        """Bytes."""
        return self.size if self.submission_id else self.here.total

    @property
    def percent(self):
        return self.received * 100 // self.size

    @property
    def photos_all(self):
        """None while the document is not here."""
        return None if self.bounds is None else len(self.bounds) - 1

    @property
    def photos_here(self):
        if self.bounds is None or self.submission_id:
            return self.photos_all
        return packs.photos_here(self.bounds, self.size, self.here)

    @property
    def last_part_at(self):
        return self.parts.last_part_at or self.begun_at
