"""What may be issued, for how long, under which number, and what was seen. No database."""

from certificates.rules.issuing import allowed_outcomes, number, period
from certificates.rules.seen import Tally, tally

__all__ = ["Tally", "allowed_outcomes", "number", "period", "tally"]
