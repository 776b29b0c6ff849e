from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Q, When
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.text import fold
from reference.models.base import LONGEST, DatedQuerySet, begins, has_words, metres_from
from reference.models.former import FormerUnit


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

        Best first: its own name, a former commune's name, its former district or its
        province. `was` is the former commune that answered, as in "xã Thiên Lộc (trước
        đây là xã Kim Chung, huyện Đông Anh)". All successors of a split commune are
        found. From small to large, as addresses are said: "kim chung, đông anh".
        """
        phrase = fold(text[:LONGEST])
        if not phrase:
            return self.none()
        own = begins(phrase, field="search_text") & has_words(phrase)
        former = FormerUnit.objects.named(phrase)
        rank = Case(
            When(short_text=phrase, then=0),
            When(name_text__contains=f" {phrase}", then=1),
            When(pk__in=former.whole_phrase(phrase).successor_codes(), then=2),
            When(search_text__contains=f" {phrase}", then=3),
            When(own, then=4),
            default=5,
            output_field=IntegerField(),
        )
        # A union and not an OR, so that both sides use their indexes.
        codes = AdministrativeUnit.objects.filter(own).order_by().values("pk")
        codes = codes.union(former.successor_codes())
        return (
            self.communes()
            .filter(pk__in=codes)
            .annotate(rank=rank)
            .annotate(
                was=Case(
                    When(rank__in=[2, 5], then=former.first_name_of(OuterRef("pk")))
                )
            )
            .order_by("rank", "-pilot", "parent_id", "sort_key", "code")
        )


class AdministrativeUnit(models.Model):
    """A province or a commune (xã, phường, đặc khu) since 1 July 2025.

    The code is text: it may begin with 0. The code of a merged commune is one that a
    former commune had.
    """

    class Kind(models.TextChoices):
        CITY = "city", pgettext_lazy("kind of unit", "city")
        PROVINCE = "province", pgettext_lazy("kind of unit", "province")
        WARD = "ward", pgettext_lazy("kind of unit", "ward")
        COMMUNE = "commune", pgettext_lazy("kind of unit", "commune")
        SPECIAL_ZONE = "special_zone", pgettext_lazy("kind of unit", "special zone")

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
        "name_text",
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
    name_text = models.TextField(editable=False)
    # Its name, its province, the districts and provinces that its parts were in.
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
