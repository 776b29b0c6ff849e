from reference.rules.bills import (
    Line,
    Tariff,
    Tier,
    charge,
    electricity_lines,
    water_lines,
)
from reference.rules.names import (
    clauses_vi,
    english_name,
    kind_of,
    search_words,
    split_name,
)

__all__ = [
    "Line",
    "Tariff",
    "Tier",
    "charge",
    "clauses_vi",
    "electricity_lines",
    "english_name",
    "kind_of",
    "search_words",
    "split_name",
    "water_lines",
]
