from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.text import fold
from reference.models.base import DatedQuerySet, has_words, metres_from


class AdministrativeUnitQuerySet(DatedQuerySet):
    def provinces(self):
        return self.filter(level=AdministrativeUnit.Level.PROVINCE)

    def communes(self):
        return self.filter(level=AdministrativeUnit.Level.COMMUNE)

    def pilot(self):
        return self.filter(pilot=True)

    def near(self, latitude, longitude):
        """Nearest centre first, with `metres`. Centres, not boundaries."""
        return self.annotate(metres=metres_from(latitude, longitude)).order_by(
            "metres", "code"
        )

    def search(self, text):
        """Communes by name in any spelling, old names and old districts included.

        Best first: its own name, a former commune's name, the rest. `was` tells which
        former unit answered, for "xã Thiên Lộc (trước đây: xã Kim Chung, ...)". All
        successors of a commune that was split are found.
        """
        phrase = fold(text)
        if not phrase:
            return self.none()
        words = phrase.split()
        own = has_words(words)
        former = FormerUnit.objects.filter(has_words(words))
        named = former.filter(name_text__contains=f" {phrase}")
        rank = Case(
            When(short_text=phrase, then=0),
            When(search_text__contains=f" {phrase}", then=1),
            When(pk__in=_successors(named), then=2),
            When(own, then=3),
            default=4,
            output_field=IntegerField(),
        )
        return (
            self.communes()
            .filter(own | Q(pk__in=_successors(former)))
            .annotate(rank=rank, was=_first_name(former))
            .order_by("rank", "-pilot", "sort_key", "code")
        )


def _successors(former):
    return Succession.objects.filter(former__in=former).values("successor")


def _first_name(former):
    whole = Func(
        Value(", "),
        "name",
        NullIf("district", Value("")),
        function="concat_ws",
        output_field=CharField(),
    )
    names = former.filter(successors=OuterRef("pk")).order_by("code")
    return Subquery(names.annotate(whole=whole).values("whole")[:1])


class AdministrativeUnit(models.Model):
    """A province or a commune (xã, phường, đặc khu) since 1 July 2025.

    The code is text: it may begin with 0. The code of a merged commune is one that a
    former commune had.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        PROVINCE = "province", _("province")
        WARD = "ward", _("ward")
        COMMUNE = "commune", _("commune")
        SPECIAL_ZONE = "special_zone", _("special zone")

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("province")
        COMMUNE = 2, _("commune")

    PERSONAL = set()
    NOT_PERSONAL = {
        "code",
        "level",
        "kind",
        "parent",
        "name",
        "name_en",
        "short_name",
        "latitude",
        "longitude",
        "pilot",
        "in_force",
        "short_text",
        "search_text",
        "sort_key",
    }

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("province"),
        related_name="children",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=80)  # Xã Quang Minh
    name_en = models.CharField(_("name in English"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=80)  # Quang Minh
    # A point inside, good for sorting by distance and for nothing else.
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    pilot = models.BooleanField(_("in the pilot"), default=False)
    in_force = DateRangeField(_("in force"))
    short_text = models.CharField(max_length=80, editable=False)
    search_text = models.TextField(editable=False)
    sort_key = models.TextField(editable=False, db_collation="C")

    objects = AdministrativeUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune or province")
        verbose_name_plural = _("communes and provinces")
        ordering = ["sort_key", "code"]
        constraints = [
            models.CheckConstraint(
                name="reference_administrativeunit_code_and_level",
                condition=Q(level=1, parent=None, code__regex=r"^[0-9]{2}$")
                | Q(level=2, parent__isnull=False, code__regex=r"^[0-9]{5}$"),
                violation_error_message=_(
                    "Give a province two digits, a commune five digits and a province."
                ),
            ),
            models.CheckConstraint(
                name="reference_administrativeunit_kind_and_level",
                condition=Q(level=1, kind__in=["city", "province"])
                | Q(level=2, kind__in=["ward", "commune", "special_zone"]),
                violation_error_message=_("Choose a kind that fits the level."),
            ),
            models.CheckConstraint(
                name="reference_administrativeunit_in_viet_nam",
                condition=Q(latitude__range=(6, 24), longitude__range=(102, 118)),
                violation_error_message=_("Give a point in Viet Nam."),
            ),
        ]
        indexes = [
            GinIndex(
                OpClass(F("search_text"), name="gin_trgm_ops"),
                name="reference_unit_search",
            ),
            models.Index(fields=["parent", "sort_key"], name="reference_unit_in_order"),
        ]

    def __str__(self):
        """The name in the language of the page."""
        return self.name if get_language() in {None, "vi"} else self.name_en


class FormerUnit(models.Model):
    """A commune as it was before 1 July 2025, the way people still say it."""

    class Kind(models.TextChoices):
        WARD = "ward", _("ward")
        COMMUNE = "commune", _("commune")
        TOWN = "town", _("town")
        DISTRICT = "district", _("island district")

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
        AdministrativeUnit,
        through="Succession",
        verbose_name=_("successors"),
        related_name="former_units",
    )

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
        AdministrativeUnit,
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
