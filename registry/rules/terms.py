"""What the true cost of a room is worked out from, and what comes out: plain values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

OVERCHARGING = "decree-133-2026-art-13"


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
class Tariffs:
    electricity: tuple[Tariff, ...]
    water: tuple[Tariff, ...]


@dataclass(frozen=True)
class FeeTerms:
    name: str
    amount: int
    per: str  # room, person, vehicle


@dataclass(frozen=True)
class RoomTerms:
    rent: int
    electricity: str  # the choices of Room.Electricity
    water: str  # the choices of Room.Water
    electricity_price: int | None = None
    water_price: int | None = None
    fees: tuple[FeeTerms, ...] = ()


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


@dataclass(frozen=True)
class Overcharge:
    """The landlord asks more for electricity than the supplier's rules allow."""

    charged: int
    lawful: int
    citation_key: str = OVERCHARGING

    @property
    def excess(self) -> int:
        return self.charged - self.lawful


@dataclass(frozen=True)
class MonthlyCost:
    lines: tuple[Line, ...]
    people: int
    kwh: Decimal
    m3: Decimal
    usage_assumed: bool
    # What the supplier's rules allow for this electricity, where the landlord sets a
    # price of his own; None where he does not, or where no tariff is known.
    lawful_electricity: int | None = None
    overcharge: Overcharge | None = None

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)
