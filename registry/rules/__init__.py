from reference.rules import Line, Tariff, Tier
from registry.rules.addresses import Address, address_key, parse_address, tidy
from registry.rules.cost import monthly_cost
from registry.rules.money import parse_dong
from registry.rules.runs import MAX_RUN, floor_of, label_key, parse_run
from registry.rules.terms import (
    FeeTerms,
    MonthlyCost,
    Overcharge,
    RoomTerms,
    Tariffs,
)

__all__ = [
    "MAX_RUN",
    "Address",
    "FeeTerms",
    "Line",
    "MonthlyCost",
    "Overcharge",
    "RoomTerms",
    "Tariff",
    "Tariffs",
    "Tier",
    "address_key",
    "floor_of",
    "label_key",
    "monthly_cost",
    "parse_address",
    "parse_dong",
    "parse_run",
    "tidy",
]
