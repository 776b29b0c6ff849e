from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from handbooks.models.books import Volume
from handbooks.models.covers import Cover
from handbooks.models.sections import Revision, Section
from reference.models.base import has_words


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

    def on_shelf(self, language):
        """In a language, in the order of the shelf, without the text for printing."""
        shelf = self.filter(volume__language=language).defer("html")
        return shelf.select_related("volume__handbook").order_by(
            "volume__handbook__order"
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


class EditionSectionQuerySet(models.QuerySet):
    def to_read(self, book, language):
        """The sections of a book as they are published now, each with its edition."""
        editions = Edition.objects.current().filter(
            volume__handbook=book, volume__language=language
        )
        rows = self.filter(edition__in=editions).select_related("edition")
        return rows.defer("edition__html", "edition__imprint", "plain", "search_text")

    def links(self, book, language, *slugs):
        """What other pages lead to: title and address of published sections, in order."""
        rows = self.to_read(book, language).filter(slug__in=slugs)
        return [
            {"title": title, "address": reverse("handbooks:section", args=[book, slug])}
            for slug, title in rows.values_list("slug", "title").order_by("order")
        ]

    def about_items(self, book, language, *codes):
        """Where a book explains items of a checklist: their addresses, by code."""
        rows = self.to_read(book, language).values_list("slug", "section__items")
        if codes:
            rows = rows.filter(section__items__overlap=list(codes))
        return {
            code: f"{reverse('handbooks:section', args=[book, slug])}#{slug}--{code.lower()}"
            for slug, items in rows
            for code in items
        }

    def having(self, words, language):
        """Sections of all books that have every one of these folded words."""
        editions = Edition.objects.current().filter(volume__language=language)
        rows = self.filter(has_words(" ".join(words)), edition__in=editions)
        return (
            rows.select_related("edition__volume__handbook")
            .only(
                "slug",
                "title",
                "summary",
                "pictogram",
                "plain",
                "search_text",
                "edition__title",
                "edition__volume__handbook__slug",
            )
            .order_by("edition__volume__handbook__order", "order")
        )


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

    objects = EditionSectionQuerySet.as_manager()

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
