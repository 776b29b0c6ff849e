from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import CharField, F, Func, Q, Subquery, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reference.models.base import begins, has_words


class FormerUnitQuerySet(models.QuerySet):
    def named(self, phrase):
        """By folded words that begin with the name: "kim chung dong anh"."""
        return self.filter(has_words(phrase), begins(phrase, field="name_text"))

    def whole_phrase(self, phrase):
        return self.filter(name_text__contains=f" {phrase}")

    def successor_codes(self):
        return Succession.objects.filter(former__in=self).values("successor")

    def first_name_of(self, commune):
        """Of the former units that went into a commune, one with its district."""
        whole = Func(
            Value(", "),
            "name",
            NullIf("district", Value("")),
            function="concat_ws",
            output_field=CharField(),
        )
        units = self.filter(successors=commune).order_by("code")
        return Subquery(units.annotate(whole=whole).values("whole")[:1])


class FormerUnit(models.Model):
    """A commune as it was before 1 July 2025, the way people still say it."""

    class Kind(models.TextChoices):
        WARD = "ward", pgettext_lazy("kind of unit", "ward")
        COMMUNE = "commune", pgettext_lazy("kind of unit", "commune")
        TOWN = "town", pgettext_lazy("kind of unit", "town")
        DISTRICT = "district", pgettext_lazy("kind of unit", "island district")

    PERSONAL = set()
    NOT_PERSONAL = {
        "code",
        "kind",
        "name",
        "district",
        "province",
        "name_text",
        "search_text",
        "successors",
    }

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=80)  # Thị trấn Quang Minh
    # Empty for an island district, which had no communes and stands for itself.
    district = models.CharField(_("district"), max_length=80, blank=True)
    province = models.CharField(_("province"), max_length=80)
    name_text = models.TextField(editable=False)
    search_text = models.TextField(editable=False)
    successors = models.ManyToManyField(
        "reference.AdministrativeUnit",
        through="Succession",
        verbose_name=_("successors"),
        related_name="former_units",
    )

    objects = FormerUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("former commune")
        verbose_name_plural = _("former communes")
        ordering = ["code"]
        indexes = [
            GinIndex(
                OpClass(F("search_text"), name="gin_trgm_ops"),
                name="reference_former_search",
            )
        ]

    def __str__(self):
        return ", ".join(filter(None, [self.name, self.district]))


class Succession(models.Model):
    """That a former commune went, whole or in part, into one of today."""

    class Extent(models.TextChoices):
        WHOLE = "whole", _("whole")
        PART = "part", _("part")

    PERSONAL = set()
    NOT_PERSONAL = {"id", "former", "successor", "extent"}

    former = models.ForeignKey(
        FormerUnit, models.CASCADE, related_name="successions", verbose_name=_("former")
    )
    successor = models.ForeignKey(
        "reference.AdministrativeUnit",
        models.PROTECT,
        related_name="successions",
        verbose_name=_("successor"),
    )
    extent = models.CharField(_("how much of it"), max_length=5, choices=Extent)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["former", "successor"], name="reference_succession_once"
            ),
            models.UniqueConstraint(
                fields=["former"],
                condition=Q(extent="whole"),
                name="reference_succession_whole_once",
                violation_error_message=_("A whole commune can only go into one."),
            ),
        ]

    def __str__(self):
        return f"{self.former_id} → {self.successor_id}"
