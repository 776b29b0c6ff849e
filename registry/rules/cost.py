"""What a room really costs a month, line by line, each with the law it rests on.

Pure: tariffs come in as plain values (`registry.models.tariffs_of` reads them), the
supplier's bill from reference.rules. All sums are whole đồng, and the total is the sum
of the lines.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from reference.rules import Line, Tariff, charge, electricity_lines, water_lines
from registry.rules.terms import (
    FeeTerms,
    MonthlyCost,
    Overcharge,
    RoomTerms,
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
        charge("rent", _("Rent"), 1, _("month"), terms.rent),
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
        return [charge("electricity", words, kwh, "kWh", price)]
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
        return [charge("water", words, m3, "m³", price)]
    return _lump("water", words, terms.water, price, people)


def _lump(code: str, words: str, mode: str, price: int, people: int) -> list[Line]:
    match mode:
        case "per_person":
            return [charge(code, words, people, _("person"), price)]
        case "per_room":
            return [charge(code, words, 1, _("room"), price)]
        case "included":
            note = _("Included in the rent.")
            return [charge(code, words, 1, _("month"), 0, note=note)]
    raise ValueError(f"Nobody charges like {mode!r}.")


def _fees(fees: Iterable[FeeTerms], people: int, vehicles: int) -> list[Line]:
    counted = {
        "room": (1, _("room")),
        "person": (people, _("person")),
        "vehicle": (vehicles, _("motorbike")),
    }
    return [charge("fee", fee.name, *counted[fee.per], fee.amount) for fee in fees]


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
