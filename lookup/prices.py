"""Prices in force, for a page of rooms at once: one query."""

from itertools import groupby

from django.db.models import Q

from core import clock
from reference.models import TariffTier, plain_tariff
from registry import rules


class Prices:
    """The tariffs that hold today in the given provinces, and the law that they rest on."""

    def __init__(self, provinces):
        tiers = (
            TariffTier.objects.filter(
                Q(tariff__place=None) | Q(tariff__place__in=set(provinces)),
                tariff__in_force__contains=clock.today(),
            )
            .select_related("tariff__reference", "tariff__tenant_reference")
            .order_by("tariff__place", "tariff", "number")
        )
        self.law = {}
        self._tariffs = []
        for tariff, own_tiers in groupby(tiers, key=lambda tier: tier.tariff):
            for reference in (tariff.reference, tariff.tenant_reference):
                if reference:
                    self.law[reference.pk] = reference
            plain = plain_tariff(tariff, own_tiers)
            self._tariffs.append((tariff.kind, tariff.place_id, plain))

    def of(self, province: str) -> rules.Tariffs:
        """What holds in a province: its own tariffs before the country's."""
        return rules.Tariffs(
            electricity=self._of_kind("electricity", province),
            water=self._of_kind("water", province),
        )

    def _of_kind(self, kind, province):
        return tuple(
            tariff
            for its_kind, place, tariff in self._tariffs
            if its_kind == kind and place in (None, province)
        )
