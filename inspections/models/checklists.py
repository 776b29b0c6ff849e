import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

TABLES = ("facts", "sections", "items")  # of a document
PROSE = ("options", "label", "help", "repair")  # of an item: texts beside texts


class ChecklistVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=ChecklistVersion.State.PUBLISHED)

    def usable(self):
        """What a visit may be made with: retired ones too, a tablet may be days late."""
        return self.exclude(state=ChecklistVersion.State.DRAFT)


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

    objects = ChecklistVersionQuerySet.as_manager()

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
    def canonical(self):
        """The document's one spelling as bytes: what is served, and what `sha256` is of."""
        return _spelt(self.document, sort_keys=True)

    def in_language(self, language):
        """What a tablet needs: texts in one language, no citations, and what is alike
        side by side (`{"code": ["A", "B"]}`), which compresses better."""
        told = _only(language, self.document)
        rest = {name: told[name] for name in sorted(told.keys() - TABLES)}
        return _spelt(rest | {name: _columns(told[name]) for name in TABLES})

    def hash(self):
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def items(self):
        """The items by code."""
        return {item["code"]: item for item in self.document["items"]}


def _spelt(document, **how):
    return json.dumps(
        document, ensure_ascii=False, separators=(",", ":"), **how
    ).encode()


def _columns(rows):
    """What only some rows have is null in the others, which the format takes for left out."""
    names = {name for row in rows for name in row}
    ordered = [*sorted(names.difference(PROSE)), *filter(names.__contains__, PROSE)]
    return {name: [row.get(name) for row in rows] for name in ordered}


def _only(language, part):
    if isinstance(part, list):
        return [_only(language, each) for each in part]
    if not isinstance(part, dict):
        return part
    if language in part:
        return part[language]
    return {
        name: _only(language, each)
        for name, each in part.items()
        if name != "citations"
    }


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
