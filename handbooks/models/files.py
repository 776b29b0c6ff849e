from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from handbooks.models.editions import Edition


class EditionFileQuerySet(models.QuerySet):
    def ready(self):
        files = self.filter(state=EditionFile.State.READY)
        return files.select_related("edition").defer("edition__html")

    def to_order(self):
        """What can be printed: ready, of the editions in force, under any cover."""
        current = Edition.objects.published().common()
        current = current.filter(volume=OuterRef("edition__volume"))
        rows = self.filter(
            state=EditionFile.State.READY,
            edition__state=Edition.State.PUBLISHED,
            edition__number=Subquery(current.order_by("-number").values("number")[:1]),
        ).exclude(format=EditionFile.Format.INSTRUCTIONS)
        return (
            rows.select_related("edition__volume__language", "edition__cover__commune")
            .defer("edition__html", "edition__imprint", "edition__contents")
            .order_by(
                "edition__volume__handbook__order",
                "edition__volume__language__order",
                "edition",
                "format",
            )
        )

    def ready_of(self, edition):
        return self.filter(edition=edition, state=EditionFile.State.READY)


class EditionFile(models.Model):
    """A printable form of an edition. Made once by a job; a reprint is the same bytes."""

    class Format(models.TextChoices):
        A5 = "a5", _("A5 book")
        A4 = "a4", _("A4")
        LARGE = "large", _("large print")
        BOOKLET = "booklet", _("A5 booklet on A4")
        A3 = "a3", _("A3 poster")
        CARD = "card", _("card")
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
    # While it is being made: up to which one it has come.
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)  # what went wrong, for us

    objects = EditionFileQuerySet.as_manager()

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

    @property
    def in_words(self):
        """How far it is, for whoever waits for it."""
        if self.state == self.State.BEING_MADE and self.pages:
            return _("being made, page %(page)d") % {"page": self.pages}
        return self.get_state_display()
