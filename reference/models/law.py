from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language, override, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reference import rules
from reference.models.base import DatedQuerySet


class LegalReferenceQuerySet(DatedQuerySet):
    def sure(self):
        """What may be shown as a fact: read in the act itself or in a good source."""
        return self.filter(confidence__in=["V1", "V2"])

    def holding(self, keys, day):
        """Those of the keys that are sure and in force on a day, in the keys' order."""
        found = self.sure().in_force_on(day).in_bulk(keys)
        return [found[key] for key in keys if key in found]


class LegalReference(models.Model):
    """One place in one legal act, what it says in our words, and how surely we know.

    Checklist items, prices and pages cite it by its key, which never changes.
    """

    class Act(models.TextChoices):
        LAW = "law", pgettext_lazy("legal act", "Law")
        CODE = "code", pgettext_lazy("legal act", "Code")
        DECREE = "decree", pgettext_lazy("legal act", "Decree")
        CIRCULAR = "circular", pgettext_lazy("legal act", "Circular")
        DECISION = "decision", pgettext_lazy("legal act", "Decision")
        DIRECTIVE = "directive", pgettext_lazy("legal act", "Directive")
        RESOLUTION = "resolution", pgettext_lazy("legal act", "Resolution")
        REGULATION = (
            "regulation",
            pgettext_lazy("legal act", "National technical regulation"),
        )

    class Confidence(models.TextChoices):
        V1 = "V1", _("read in the act itself")
        V2 = "V2", _("read in a secondary source")
        M = "M", _("from memory: never shown")
        U = "U", _("not found, or sources disagree: never shown")

    class Source(models.TextChoices):
        ACT = "act", _("text of the act")
        CONSOLIDATION = "consolidation", _("official consolidation")
        SUMMARY = "summary", _("legal information service or official summary")
        PRESS = "press", _("press")

    PERSONAL = set()
    NOT_PERSONAL = {
        "key",
        "act",
        "number",
        "year",
        "article",
        "clause",
        "annex",
        "amended_by",
        "title",
        "summary",
        "in_force",
        "confirmed_on",
        "confidence",
        "source",
        "replaces",
    }

    key = models.SlugField(_("key"), max_length=60, primary_key=True)
    act = models.CharField(_("kind of act"), max_length=12, choices=Act)
    number = models.CharField(_("number"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    article = models.CharField(_("article"), max_length=20, blank=True)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    annex = models.CharField(_("annex"), max_length=20, blank=True)
    amended_by = models.CharField(_("amended by"), max_length=120, blank=True)
    title = models.JSONField(_("title"))  # {"vi": ..., "en": ...}
    summary = models.JSONField(
        _("what it says, in our words")
    )  # {"vi": ..., "en": ...}
    in_force = DateRangeField(_("in force"))
    confirmed_on = models.DateField(_("confirmed on"))
    confidence = models.CharField(_("how surely"), max_length=2, choices=Confidence)
    source = models.CharField(_("read in"), max_length=15, choices=Source)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("replaces"),
        related_name="replaced_by",
        null=True,
        blank=True,
    )

    objects = LegalReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal reference")
        verbose_name_plural = _("legal references")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="reference_legalreference_both_languages",
                condition=models.Q(title__has_keys=["vi", "en"])
                & models.Q(summary__has_keys=["vi", "en"]),
                violation_error_message=_("Write it in Vietnamese and in English."),
            ),
        ]

    def __str__(self):
        return self.citation

    @cached_property
    def citation(self):
        """ "khoản 1 Điều 20 Luật 55/2024/QH15", in the language of the page."""
        return self.citation_in(get_language() or "vi")

    @property
    def says(self):
        """What it says, in the language of the page."""
        return self.summary[get_language() or "vi"]

    @property
    def headline(self):
        return self.title[get_language() or "vi"]

    @property
    def citations(self):
        return {language: self.citation_in(language) for language in ("vi", "en")}

    def citation_in(self, language: str) -> str:
        with override(language):
            act = f"{self.Act(self.act).label} {self.number}"
            if language == "vi":
                return " ".join([*rules.clauses_vi(self.clause), *self._places(), act])
            places = self._places()
            if self.clause:
                places.append(f"clause {self.clause}")
            return ", ".join([act, *places])

    def _places(self):
        places = []
        if self.annex:
            places.append(pgettext("citation", "Annex %s") % self.annex)
        if self.article:
            places.append(pgettext("citation", "Article %s") % self.article)
        return places
