"""What may be issued, for how long, under which number. No database."""

from certificates.rules.issuing import (
    allowed_outcomes,
    number,
    period,
    seen_at,
    women_mark,
)

__all__ = ["allowed_outcomes", "number", "period", "seen_at", "women_mark"]
