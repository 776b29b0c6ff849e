from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from handbooks import addresses
from handbooks.models.books import Volume
from handbooks.models.covers import Cover


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

    def with_code(self, code):
        """Published, or withdrawn since: whatever can be in somebody's hands."""
        known = self.exclude(state=Edition.State.PREPARED).filter(code=code)
        return known.select_related("volume__handbook").defer("html")

    def of_book(self, slug):
        return self.filter(volume__handbook=slug)

    def on_shelf(self, language, besides=()):
        """In a language, in the order of the shelf, without the text for printing.

        With `besides` also in every language that is not among them.
        """
        wanted = Q(volume__language=language)
        if besides:
            wanted |= ~Q(volume__language__in=besides)
        shelf = self.filter(wanted).defer("html")
        return shelf.select_related("volume__handbook", "volume__language").order_by(
            "volume__handbook__order", "volume__language__order"
        )


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

    @property
    def book_name(self):
        """What stands for this book in addresses."""
        return addresses.name_of(self.volume.handbook_id, self.volume.language_id)

    def changes_to(self, newer):
        """What a reader of this edition has to read anew: (what, slug, title), in order.

        `what` is "changed", "added" or "gone".
        """
        columns = ("slug", "title", "sha256")
        mine = {row[0]: row for row in self.sections.values_list(*columns)}
        there = {row[0]: row for row in newer.sections.values_list(*columns)}
        changes = []
        for slug, title, sha256 in there.values():
            if slug not in mine:
                changes.append(("added", slug, title))
            elif mine[slug][2] != sha256:
                changes.append(("changed", slug, title))
        gone = [("gone", *row[:2]) for slug, row in mine.items() if slug not in there]
        return changes + gone
