"""What a room really costs a month, line by line, each with the law it rests on.

Pure: tariffs come in as plain values (`registry.models.tariffs_of` reads them). All sums
are whole đồng. Every line is rounded half up by itself and the total is the sum of the
lines, so that a reader who adds them up gets the same.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from registry.rules.terms import (
    FeeTerms,
    Line,
    MonthlyCost,
    Overcharge,
    RoomTerms,
    Tariff,
    Tariffs,
)

# What one person uses a month where nobody knows better: a lamp, a fan, a rice cooker,
# some weeks of air conditioning. An assumption of the project; no law says it.
ASSUMED_KWH_A_PERSON = 60
ASSUMED_M3_A_PERSON = 4


def monthly_cost(
    terms: RoomTerms,
    *,
    people: int,
    tariffs: Tariffs,
    day: dt.date,
    kwh: Decimal | int | None = None,
    m3: Decimal | int | None = None,
    vehicles: int | None = None,
    declared: bool = True,
    household: bool = False,
) -> MonthlyCost:
    """What `people` in a room pay in the month of `day`.

    `declared`: their number is declared to the electricity company. `household`: a family
    with a quota of its own. Unknown use is assumed from the people, one motorbike each.
    """
    if people < 1:
        raise ValueError("At least one person pays.")
    assumed = kwh is None or m3 is None
    kwh = Decimal(people * ASSUMED_KWH_A_PERSON if kwh is None else kwh)
    m3 = Decimal(people * ASSUMED_M3_A_PERSON if m3 is None else m3)
    lawful = _lawful(tariffs, kwh, people, day, declared=declared, household=household)
    electricity = _electricity(terms, kwh, people, lawful)
    lines = [
        _line("rent", _("Rent"), 1, _("month"), terms.rent),
        *electricity,
        *_water(terms, m3, people, _in_force(tariffs.water, day), day),
        *_fees(terms.fees, people, people if vehicles is None else vehicles),
    ]
    limit, overcharge = _compared(terms, electricity, lawful)
    return MonthlyCost(
        lines=tuple(lines),
        people=people,
        kwh=kwh,
        m3=m3,
        usage_assumed=assumed,
        lawful_electricity=limit,
        overcharge=overcharge,
    )


def _lawful(
    tariffs: Tariffs,
    kwh: Decimal,
    people: int,
    day: dt.date,
    *,
    declared: bool,
    household: bool,
) -> list[Line] | None:
    """What the supplier asks for so much; None where his tariff is not known."""
    tariff = _in_force(tariffs.electricity, day)
    if tariff is None:
        return None
    return electricity_lines(
        tariff, kwh, people, day, declared=declared, household=household
    )


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


def _in_force(tariffs: Sequence[Tariff], day: dt.date) -> Tariff | None:
    return next((tariff for tariff in tariffs if tariff.holds_on(day)), None)


def _electricity(
    terms: RoomTerms, kwh: Decimal, people: int, lawful: list[Line] | None
) -> list[Line]:
    price = terms.electricity_price or 0
    words = _("Electricity")
    if terms.electricity == "state_price":
        if lawful is None:
            return [_unknown("electricity", words, kwh, "kWh")]
        return lawful
    if terms.electricity == "per_kwh":
        return [_line("electricity", words, kwh, "kWh", price)]
    return _lump("electricity", words, terms.electricity, price, people)


def _water(
    terms: RoomTerms, m3: Decimal, people: int, supplied: Tariff | None, day: dt.date
) -> list[Line]:
    price = terms.water_price or 0
    words = _("Water")
    if terms.water == "state_price":
        if supplied is None:
            return [_unknown("water", words, m3, "m³")]
        return water_lines(supplied, m3, day)
    if terms.water == "per_m3":
        return [_line("water", words, m3, "m³", price)]
    return _lump("water", words, terms.water, price, people)


def _lump(code: str, words: str, mode: str, price: int, people: int) -> list[Line]:
    match mode:
        case "per_person":
            return [_line(code, words, people, _("person"), price)]
        case "per_room":
            return [_line(code, words, 1, _("room"), price)]
        case "included":
            note = _("Included in the rent.")
            return [_line(code, words, 1, _("month"), 0, note=note)]
    raise ValueError(f"Nobody charges like {mode!r}.")


def _fees(fees: Iterable[FeeTerms], people: int, vehicles: int) -> list[Line]:
    counted = {
        "room": (1, _("room")),
        "person": (people, _("person")),
        "vehicle": (vehicles, _("motorbike")),
    }
    return [_line("fee", fee.name, *counted[fee.per], fee.amount) for fee in fees]


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
                _line(f"{code}_tier", words, inside, unit, tier.price, citation)
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
    return _line("electricity_flat", words, kwh, "kWh", price, citation, note)


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


def _compared(
    terms: RoomTerms, electricity: list[Line], lawful: list[Line] | None
) -> tuple[int | None, Overcharge | None]:
    """The lawful sum beside a landlord's own price, and by how much he passes it.

    Only a price for each kWh is judged: what a fixed sum buys depends on the meter.
    """
    if lawful is None or terms.electricity in {"state_price", "included"}:
        return None, None
    limit = sum(line.amount for line in lawful)
    charged = sum(line.amount for line in electricity)
    if terms.electricity != "per_kwh" or charged <= limit:
        return limit, None
    return limit, Overcharge(charged=charged, lawful=limit)


def _unknown(code: str, words: str, quantity: Decimal, unit: str) -> Line:
    note = _("The price for this place and day is not known here.")
    return Line(f"{code}_unknown", words, quantity, unit, None, 0, None, note)


def _line(
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
