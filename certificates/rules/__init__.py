"""What may be issued, for how long, under which number, and what was seen. No database."""

from certificates.rules.issuing import allowed_outcomes, number, period
from certificates.rules.lines import Line, lines
from certificates.rules.seen import Tally, tally

__all__ = [
    "Line",
    "Tally",
    "allowed_outcomes",
    "lines",
    "number",
    "period",
    "tally",
]
