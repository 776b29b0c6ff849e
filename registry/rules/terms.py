"""What the true cost of a room is worked out from, and what comes out: plain values."""

from dataclasses import dataclass
from decimal import Decimal

from reference.rules import Line, Tariff

OVERCHARGING = "decree-133-2026-art-13"


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
