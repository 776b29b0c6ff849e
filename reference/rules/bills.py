"""What a supplier's bill comes to, tier by tier, each line with the law it rests on.

Pure: tariffs come in as plain values (`reference.models.plain_tariff` makes them). Every
line is whole đồng, rounded half up by itself, so that a reader who adds them up gets the
same.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Tier:
    above: int
    up_to: int | None
    price: int  # đồng a unit, before VAT


@dataclass(frozen=True)
class Tariff:
    """A supplier's prices from `first` until the day before `end` (None: no end known)."""

    first: dt.date
    end: dt.date | None
    tiers: tuple[Tier, ...]
    citation: str
    vat_percent: Decimal = Decimal(0)
    vat_until: dt.date | None = None
    environment_fee_percent: Decimal = Decimal(0)
    # So many declared people have the tiers of one household; if nobody is declared,
    # everything costs what the tier of this number (from 1) costs.
    people_per_household: int | None = None
    flat_tier: int | None = None
    tenant_citation: str | None = None

    def holds_on(self, day: dt.date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Line:
    code: str  # stable, for programs
    what: str  # for people
    quantity: Decimal
    unit: str
    unit_price: int | None
    amount: int
    citation_key: str | None = None
    note: str = ""


def electricity_lines(
    tariff: Tariff,
    kwh: Decimal,
    people: int,
    day: dt.date,
    *,
    declared: bool,
    household: bool,
) -> list[Line]:
    """The supplier's bill for tenants (Circular 16/2014 Art 10.4(c), kept by 60/2025 Art 20-21).

    A household has the tiers once. Others share: with `people_per_household` 4, one
    person has a quarter of each tier, five have five quarters. Nobody declared: one flat
    price. The quota is counted for the whole address; here it is spread evenly over heads.
    """
    rule = tariff.people_per_household
    citation = tariff.tenant_citation
    if household or not rule:
        lines = _tiers("electricity", tariff, kwh, Fraction(1), tariff.citation, "kWh")
    elif declared:
        quota = Fraction(people, rule)
        lines = _tiers("electricity", tariff, kwh, quota, citation, "kWh")
    else:
        lines = [_flat(tariff, kwh)]
    return [*lines, *_on_top("electricity", tariff, lines, day)]


def water_lines(tariff: Tariff, m3: Decimal, day: dt.date) -> list[Line]:
    """The supplier's bill for one household meter."""
    lines = _tiers("water", tariff, m3, Fraction(1), tariff.citation, "m³")
    return [*lines, *_on_top("water", tariff, lines, day)]


def _tiers(
    code: str,
    tariff: Tariff,
    quantity: Decimal,
    quota: Fraction,
    citation: str | None,
    unit: str,
) -> list[Line]:
    """One line for each tier that the use reaches, the tiers widened by `quota`."""
    lines = []
    for number, tier in enumerate(tariff.tiers, start=1):
        end = Fraction(quantity)
        if tier.up_to is not None:
            end = min(end, tier.up_to * quota)
        inside = end - tier.above * quota
        if inside > 0:
            words = _tier_words(code, number)
            lines.append(
                charge(f"{code}_tier", words, inside, unit, tier.price, citation)
            )
    return lines


def _tier_words(code: str, number: int) -> str:
    if code == "electricity":
        return _("Electricity, tier %(number)d") % {"number": number}
    return _("Water, tier %(number)d") % {"number": number}


def _flat(tariff: Tariff, kwh: Decimal) -> Line:
    number = tariff.flat_tier or 1
    words = _("Electricity, price of tier %(number)d") % {"number": number}
    price = tariff.tiers[number - 1].price
    note = _("One price for all, because the number of people is not declared.")
    citation = tariff.tenant_citation
    return charge("electricity_flat", words, kwh, "kWh", price, citation, note)


def _on_top(code: str, tariff: Tariff, lines: list[Line], day: dt.date) -> list[Line]:
    """VAT and the environmental fee, both on the price before VAT."""
    base = sum(line.amount for line in lines)
    known = tariff.vat_until is None or day <= tariff.vat_until
    note = "" if known else _("The rate for this day is not set yet; the last is used.")
    percentages = [
        (f"{code}_vat", _("VAT"), tariff.vat_percent, note),
        (f"{code}_fee", _("Environmental fee"), tariff.environment_fee_percent, ""),
    ]
    return [
        Line(
            code=line_code,
            what=f"{words} {percent.normalize():f} %",
            quantity=percent,
            unit="%",
            unit_price=None,
            amount=_half_up(Fraction(base) * Fraction(percent) / 100),
            citation_key=tariff.citation,
            note=line_note,
        )
        for line_code, words, percent, line_note in percentages
        if percent and base
    ]


def charge(
    code: str,
    what: str,
    quantity: Fraction | Decimal | int,
    unit: str,
    unit_price: int,
    citation_key: str | None = None,
    note: str = "",
) -> Line:
    return Line(
        code=code,
        what=what,
        quantity=_shown(Fraction(quantity)),
        unit=unit,
        unit_price=unit_price,
        amount=_half_up(Fraction(quantity) * unit_price),
        citation_key=citation_key,
        note=note,
    )


def _shown(quantity: Fraction) -> Decimal:
    exact = Decimal(quantity.numerator) / Decimal(quantity.denominator)
    rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    # normalize() alone would write 60 as 6E+1.
    return rounded.quantize(1) if rounded == int(rounded) else rounded.normalize()


def _half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))
