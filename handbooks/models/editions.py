from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from handbooks.models.books import Volume
from handbooks.models.covers import Cover
from handbooks.models.sections import Revision, Section


class EditionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=Edition.State.PUBLISHED)

    def common(self):
        """Without a commune's own cover: what is read on the web."""
        return self.filter(cover=None)

    def current(self):
        """The newest published edition of each volume, under the common cover."""
        newest = (
            Edition.objects.published()
            .common()
            .filter(volume=OuterRef("volume"))
            .order_by("-number")
        )
        return self.filter(pk=Subquery(newest.values("pk")[:1]))


class Edition(models.Model):
    """A volume as it was published: words, prices and law of one day. Frozen (trigger).

    Prepared by one person and published by another; until then it can be taken back.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    PERSONAL = {"prepared_by", "approved_by", "withdrawn_by"}
    NOT_PERSONAL = {
        "id",
        "volume",
        "cover",
        "number",
        "code",
        "state",
        "title",
        "subtitle",
        "audience",
        "contents",
        "imprint",
        "html",
        "sha256",
        "text_sha256",
        "prepared_at",
        "published_on",
        "law_read_on",
        "withdrawn_at",
        "withdrawn_because",
    }

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="editions")
    cover = models.ForeignKey(
        Cover, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    number = models.PositiveIntegerField(_("number"))
    # What stands on the back cover and in its QR code: WORKERS-VI-3.
    code = models.CharField(_("code"), max_length=60, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PREPARED
    )
    title = models.CharField(max_length=120)
    subtitle = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    # [{"slug", "title", "summary", "pictogram"}]: so that a page needs no second query.
    contents = models.JSONField(default=list)
    imprint = models.TextField(blank=True)  # HTML
    html = models.TextField()  # the whole document, for printing
    sha256 = models.CharField(max_length=64)  # of `html`
    text_sha256 = models.CharField(max_length=64)  # of the sections alone
    prepared_at = models.DateTimeField(default=clock.now, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    law_read_on = models.DateField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_because = models.CharField(_("reason"), max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["volume", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["volume", "cover", "number"],
                name="handbooks_edition_number",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["volume", "cover"],
                condition=Q(state="prepared"),
                name="handbooks_edition_one_prepared",
                nulls_distinct=False,
                violation_error_message=_("Publish the prepared edition first."),
            ),
            models.CheckConstraint(
                name="handbooks_edition_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                violation_error_message=_(
                    "Ask a colleague: who prepared it cannot publish it."
                ),
            ),
            models.CheckConstraint(
                name="handbooks_edition_published_on_and_by",
                condition=paired("published_on", "approved_by"),
            ),
            models.CheckConstraint(
                name="handbooks_edition_withdrawn_at_and_by",
                condition=paired("withdrawn_at", "withdrawn_by"),
            ),
            models.CheckConstraint(
                name="handbooks_edition_state",
                condition=Q(state="prepared", published_on=None, withdrawn_at=None)
                | Q(
                    state="published",
                    published_on__isnull=False,
                    withdrawn_at=None,
                )
                | (
                    Q(
                        state="withdrawn",
                        published_on__isnull=False,
                        withdrawn_at__isnull=False,
                    )
                    & ~Q(withdrawn_because="")
                ),
            ),
        ]

    def __str__(self):
        return self.code


class EditionSection(models.Model):
    """A section as it stands in an edition: what its web page serves. Frozen (trigger)."""

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "edition",
        "section",
        "revision",
        "order",
        "slug",
        "title",
        "summary",
        "pictogram",
        "html",
        "plain",
        "search_text",
        "sha256",
    }

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    pictogram = models.SlugField(max_length=40, blank=True)
    html = models.TextField()  # for the web, its drawings inside
    plain = models.TextField()  # all its words, for search and for comparing
    search_text = models.TextField()  # the same, folded, with a space on both ends
    sha256 = models.CharField(max_length=64)  # of what it says, not of how it is shown

    class Meta:
        verbose_name = _("section of an edition")
        verbose_name_plural = _("sections of editions")
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"], name="handbooks_editionsection_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "order"], name="handbooks_editionsection_order"
            ),
        ]

    def __str__(self):
        return f"{self.edition_id} {self.slug}"


class EditionFile(models.Model):
    """A printable form of an edition. Made once by a job; a reprint is the same bytes."""

    class Format(models.TextChoices):
        A5 = "a5", _("A5 book")
        A4 = "a4", _("A4")
        LARGE = "large", _("large print")
        BOOKLET = "booklet", _("A5 booklet on A4")
        INSTRUCTIONS = "instructions", _("instructions for the printer")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        BEING_MADE = "being_made", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "edition",
        "format",
        "state",
        "progress",
        "file",
        "sha256",
        "bytes",
        "pages",
        "made_at",
        "problem",
    }

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=12, choices=Format)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING
    )
    progress = models.PositiveSmallIntegerField(_("progress, %"), default=0)
    file = models.FileField(upload_to="handbooks/editions/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)  # what went wrong, for us

    class Meta:
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        ordering = ["edition", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format"], name="handbooks_editionfile_once"
            ),
            models.CheckConstraint(
                name="handbooks_editionfile_progress",
                condition=Q(progress__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="handbooks_editionfile_ready_is_whole",
                condition=~Q(state="ready")
                | (
                    Q(bytes__isnull=False, pages__isnull=False, made_at__isnull=False)
                    & ~Q(file="")
                    & ~Q(sha256="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.edition_id} {self.format}"
