from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from handbooks.models.books import Handbook, Language

# What a reader takes in at one go; the markup refuses longer bodies too.
MOST_LETTERS = 20_000


class SectionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def withdrawn(self):
        return self.exclude(withdrawn_at=None)

    def titled(self, language):
        """Adds `title`: in a language, else the original's; None before the first text."""
        texts = Revision.objects.filter(section=OuterRef("pk")).order_by("-number")
        original = texts.filter(
            language__volumes__handbook=OuterRef("handbook"),
            language__volumes__is_original=True,
        )
        return self.annotate(
            title=Coalesce(
                Subquery(texts.filter(language=language).values("title")[:1]),
                Subquery(original.values("title")[:1]),
            )
        )

    def about(self, code):
        """The sections that say something about an item of a checklist."""
        return self.standing().filter(items__contains=[code])


class Section(models.Model):
    """One thing that a handbook explains, in all its languages."""

    PERSONAL = {"withdrawn_by"}
    NOT_PERSONAL = {
        "id",
        "handbook",
        "slug",
        "order",
        "pictogram",
        "items",
        "withdrawn_at",
    }

    handbook = models.ForeignKey(Handbook, models.PROTECT, related_name="sections")
    slug = models.SlugField(_("key"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"))
    pictogram = models.SlugField(_("pictogram"), max_length=40, blank=True)
    # Words to this room: what the items ask is known elsewhere.
    items = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("items of the checklist"),
        default=list,
        blank=True,
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["handbook", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["handbook", "slug"],
                name="handbooks_section_once",
                violation_error_message=_("Choose another key: this one is taken."),
            ),
            models.CheckConstraint(
                name="handbooks_section_withdrawn_at_and_by",
                condition=paired("withdrawn_at", "withdrawn_by"),
            ),
        ]

    def __str__(self):
        return f"{self.handbook_id}: {self.slug}"

    def text_in(self, language):
        """The current text in a language; None if there is none yet."""
        return self.revisions.in_language(language).order_by("-number").first()


class RevisionQuerySet(models.QuerySet):
    def in_language(self, language):
        return self.filter(language=language)

    def current(self):
        """The newest text of each section and language."""
        newer = Revision.objects.filter(
            section=OuterRef("section"), language=OuterRef("language")
        ).order_by("-number")
        return self.filter(pk=Subquery(newer.values("pk")[:1]))

    def with_behind(self):
        """Adds `is_behind`: the original has moved on since this translation."""
        original = (
            Revision.objects.filter(
                section=OuterRef("section"),
                language__volumes__handbook=OuterRef("section__handbook"),
                language__volumes__is_original=True,
            )
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.annotate(newest_original=Subquery(original))


class Revision(models.Model):
    """One state of a section's text in one language. Never changed (trigger)."""

    PERSONAL = {"made_by"}
    NOT_PERSONAL = {
        "id",
        "section",
        "language",
        "number",
        "title",
        "summary",
        "body",
        "made_at",
        "note",
        "follows",
    }

    section = models.ForeignKey(Section, models.PROTECT, related_name="revisions")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"), max_length=MOST_LETTERS)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    # Empty: the text came with the program.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField(_("what was changed and why"), max_length=300, blank=True)
    # The revision of the original that this text says in another language.
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("follows"),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["section", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "language", "number"],
                name="handbooks_revision_number",
                violation_error_message=_("Somebody else has just saved this text."),
            ),
            models.CheckConstraint(
                name="handbooks_revision_number_from_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="handbooks_revision_follows_another",
                condition=Q(follows=None) | ~Q(follows=F("id")),
            ),
        ]

    def __str__(self):
        return f"{self.section_id} {self.language_id} {self.number}"

    @cached_property
    def newest_original(self):
        """The key of the original's newest text; None for a section without one."""
        annotated = Revision.objects.filter(pk=self.pk).with_behind()
        return annotated.values_list("newest_original", flat=True).get()

    @property
    def is_behind(self):
        """Whether this is a translation of a text that has been changed since."""
        return self.follows_id is not None and self.follows_id != self.newest_original


class Draft(models.Model):
    """What somebody is writing, kept at every pause; it becomes a revision or stays."""

    PERSONAL = {"person"}
    NOT_PERSONAL = {
        "id",
        "section",
        "language",
        "base",
        "title",
        "summary",
        "body",
        "saved_at",
    }

    section = models.ForeignKey(Section, models.PROTECT, related_name="drafts")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handbook_drafts"
    )
    base = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"), max_length=MOST_LETTERS, blank=True)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "language", "person"], name="handbooks_draft_once"
            )
        ]

    def __str__(self):
        return f"{self.section_id} {self.language_id} {self.person_id}"


class Comment(models.Model):
    """What a colleague says about a text before it is published."""

    PERSONAL = {"by", "settled_by"}
    NOT_PERSONAL = {
        "id",
        "section",
        "language",
        "revision",
        "text",
        "at",
        "settled_at",
    }

    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    text = models.CharField(_("comment"), max_length=1000)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_comment_settled_at_and_by",
                condition=paired("settled_at", "settled_by"),
            )
        ]

    def __str__(self):
        return self.text[:60]
