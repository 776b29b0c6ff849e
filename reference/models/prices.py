from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    IntegerRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reference import rules
from reference.models.base import DatedQuerySet
from reference.models.law import LegalReference
from reference.models.units import AdministrativeUnit


class TariffQuerySet(DatedQuerySet):
    def electricity(self):
        return self.filter(kind=Tariff.Kind.ELECTRICITY)

    def water(self):
        return self.filter(kind=Tariff.Kind.WATER)

    def of_place(self, commune):
        """What holds in a commune: its province's tariffs and the country's."""
        return self.filter(Q(place=None) | Q(place=commune.parent_id or commune.pk))

    def with_tiers(self):
        return self.select_related("reference", "tenant_reference").prefetch_related(
            "tiers"
        )


class Tariff(models.Model):
    """What the supplier charges a household, for a period. Money in đồng before VAT."""

    class Kind(models.TextChoices):
        ELECTRICITY = "electricity", _("electricity")
        WATER = "water", _("water")

    PERSONAL = set()
    NOT_PERSONAL = {
        "key",
        "kind",
        "place",
        "in_force",
        "reference",
        "vat_percent",
        "vat_until",
        "environment_fee_percent",
        "people_per_household",
        "flat_tier",
        "tenant_reference",
    }

    key = models.SlugField(_("key"), max_length=60, primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    place = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        verbose_name=_("province; empty: the whole country"),
        related_name="tariffs",
        null=True,
        blank=True,
    )
    in_force = DateRangeField(_("in force"))
    reference = models.ForeignKey(
        LegalReference, models.PROTECT, verbose_name=_("legal basis"), related_name="+"
    )
    vat_percent = models.DecimalField(_("VAT, %"), max_digits=4, decimal_places=2)
    # A rate that the law itself ends on a day; what follows is not known before.
    vat_until = models.DateField(_("VAT known until"), null=True, blank=True)
    environment_fee_percent = models.DecimalField(
        _("environmental fee, %"), max_digits=4, decimal_places=2, default=0
    )
    # Tenants who are no household of their own: so many declared people have the tiers
    # of one household; if nobody is declared, everything costs what this tier costs.
    people_per_household = models.PositiveSmallIntegerField(
        _("people counted as one household"), null=True, blank=True
    )
    flat_tier = models.PositiveSmallIntegerField(
        _("tier for tenants who are not declared"), null=True, blank=True
    )
    tenant_reference = models.ForeignKey(
        LegalReference,
        models.PROTECT,
        verbose_name=_("legal basis for tenants"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        ordering = ["kind", "-in_force"]
        constraints = [
            ExclusionConstraint(
                name="reference_tariff_one_at_a_time",
                expressions=[
                    (F("kind"), RangeOperators.EQUAL),
                    (Coalesce(F("place"), Value("")), RangeOperators.EQUAL),
                    (F("in_force"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "End the tariff that is in force in this period first."
                ),
            ),
            models.CheckConstraint(
                name="reference_tariff_percentages",
                condition=Q(vat_percent__range=(0, 50))
                & Q(environment_fee_percent__range=(0, 50)),
                violation_error_message=_("Give a percentage from 0 to 50."),
            ),
            models.CheckConstraint(
                name="reference_tariff_tenant_rule_is_whole",
                condition=Q(
                    people_per_household=None, flat_tier=None, tenant_reference=None
                )
                | Q(
                    people_per_household__isnull=False,
                    people_per_household__gte=1,
                    flat_tier__isnull=False,
                    flat_tier__gte=1,
                    tenant_reference__isnull=False,
                ),
                violation_error_message=_(
                    "Give the whole rule for tenants: people, tier and legal basis."
                ),
            ),
        ]

    def __str__(self):
        return self.key

    def vat_percent_on(self, day):
        """None when the law does not yet say what VAT will be on that day."""
        if self.vat_until and day > self.vat_until:
            return None
        return self.vat_percent


class TariffTier(models.Model):
    """The price of each unit (kWh, m³) above one amount a month and up to another."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "tariff", "number", "above", "up_to", "price"}

    tariff = models.ForeignKey(
        Tariff, models.CASCADE, verbose_name=_("tariff"), related_name="tiers"
    )
    number = models.PositiveSmallIntegerField(_("tier"))
    above = models.PositiveIntegerField(_("units above"))
    up_to = models.PositiveIntegerField(_("up to and with"), null=True, blank=True)
    price = models.PositiveIntegerField(_("đồng a unit, before VAT"))

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["tariff", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tariff", "number"], name="reference_tarifftier_number"
            ),
            models.CheckConstraint(
                name="reference_tarifftier_up_to_is_more",
                condition=Q(up_to=None) | Q(up_to__gt=F("above")),
                violation_error_message=_("Let the tier end above where it begins."),
            ),
            ExclusionConstraint(
                name="reference_tarifftier_no_overlap",
                expressions=[
                    ("tariff", RangeOperators.EQUAL),
                    (
                        Func(
                            "above",
                            "up_to",
                            Value("(]"),
                            function="int4range",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Let each tier begin where the last ended."),
            ),
        ]

    def __str__(self):
        return f"{self.tariff_id} {self.number}"


def plain_tariff(tariff, tiers):
    """A row and its tiers as the rules want them."""
    return rules.Tariff(
        first=tariff.in_force.lower,
        end=tariff.in_force.upper,
        tiers=tuple(
            rules.Tier(above=tier.above, up_to=tier.up_to, price=tier.price)
            for tier in tiers
        ),
        citation=tariff.reference_id,
        vat_percent=tariff.vat_percent,
        vat_until=tariff.vat_until,
        environment_fee_percent=tariff.environment_fee_percent,
        people_per_household=tariff.people_per_household,
        flat_tier=tariff.flat_tier,
        tenant_citation=tariff.tenant_reference_id,
    )
