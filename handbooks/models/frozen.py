from django.db import models
from django.utils.translation import gettext_lazy as _

from handbooks import addresses
from handbooks.models.editions import Edition
from handbooks.models.sections import Revision, Section
from reference.models.base import has_words


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
            {"title": title, "address": addresses.section(book, slug, language)}
            for slug, title in rows.values_list("slug", "title").order_by("order")
        ]

    def about_items(self, book, language, *codes):
        """Where a book explains items of a checklist: their addresses, by code."""
        rows = self.to_read(book, language).values_list("slug", "section__items")
        if codes:
            rows = rows.filter(section__items__overlap=list(codes))
        return {
            code: f"{addresses.section(book, slug, language)}#{slug}--{code.lower()}"
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
