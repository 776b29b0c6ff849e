from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.text import fold
from reference.models.base import LONGEST, has_words, metres_from
from reference.models.units import AdministrativeUnit


class WorkplaceQuerySet(models.QuerySet):
    def search(self, text):
        phrase = fold(text[:LONGEST])
        return self.filter(has_words(phrase)) if phrase else self.none()


class Workplace(models.Model):
    """An industrial zone: where the workers go every day."""

    PERSONAL = set()
    NOT_PERSONAL = {"key", "name", "name_en", "commune", "search_text", "sort_key"}

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        verbose_name=_("commune"),
        related_name="workplaces",
    )
    search_text = models.TextField(editable=False)
    sort_key = models.TextField(editable=False, db_collation="C")

    objects = WorkplaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("industrial zone")
        verbose_name_plural = _("industrial zones")
        ordering = ["sort_key", "key"]
        indexes = [
            GinIndex(
                OpClass(F("search_text"), name="gin_trgm_ops"),
                name="reference_workplace_search",
            )
        ]

    def __str__(self):
        """The name in the language of the page."""
        return self.name if get_language() in {None, "vi"} else self.name_en


class GateQuerySet(models.QuerySet):
    def near(self, latitude, longitude):
        """Nearest first, with `metres`."""
        return self.annotate(metres=metres_from(latitude, longitude)).order_by(
            "metres", "pk"
        )


class Gate(models.Model):
    """Where people go in. Distances to work are counted from here."""

    class Certainty(models.TextChoices):
        SURVEYED = "surveyed", _("measured on the spot")
        APPROXIMATE = "approximate", _("approximate: good to a few hundred metres")

    PERSONAL = set()
    NOT_PERSONAL = {
        "key",
        "workplace",
        "name",
        "name_en",
        "latitude",
        "longitude",
        "certainty",
    }

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    workplace = models.ForeignKey(
        Workplace,
        models.CASCADE,
        verbose_name=_("industrial zone"),
        related_name="gates",
    )
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    certainty = models.CharField(
        _("how surely the place is known"), max_length=12, choices=Certainty
    )

    objects = GateQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["workplace", "key"]
        constraints = [
            models.CheckConstraint(
                name="reference_gate_in_viet_nam",
                condition=Q(latitude__range=(8, 24), longitude__range=(102, 110)),
                violation_error_message=_("Give a point in Viet Nam."),
            )
        ]

    def __str__(self):
        """The name in the language of the page."""
        return self.name if get_language() in {None, "vi"} else self.name_en
