import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handbooks.models.frozen import EditionSection
from handbooks.models.sections import Revision
from reference.models import LegalReference, Tariff


class CitationQuerySet(models.QuerySet):
    def ending_by(self, day: dt.date):
        """Citations of what has ended, or will have ended on that day."""
        return self.filter(
            Q(law__in_force__endswith__lte=day) | Q(tariff__in_force__endswith__lte=day)
        )


class Citation(models.Model):
    """That a text rests on a place in the law or on a tariff: who ends it sees where."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "revision", "edition_section", "law", "tariff"}

    revision = models.ForeignKey(
        Revision, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    edition_section = models.ForeignKey(
        EditionSection, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    law = models.ForeignKey(
        LegalReference, models.PROTECT, null=True, blank=True, related_name="+"
    )
    tariff = models.ForeignKey(
        Tariff, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "edition_section", "law", "tariff"],
                name="handbooks_citation_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="handbooks_citation_in_one_text",
                condition=Q(revision=None, edition_section__isnull=False)
                | Q(revision__isnull=False, edition_section=None),
            ),
            models.CheckConstraint(
                name="handbooks_citation_of_one_thing",
                condition=Q(law=None, tariff__isnull=False)
                | Q(law__isnull=False, tariff=None),
            ),
        ]

    def __str__(self):
        return f"{self.law_id or self.tariff_id}"
