import calendar
import datetime as dt

# What a reviewer may decide where the rules say this: the same or stricter.
ALLOWED = {
    "certify": ("certify", "conditional", "refuse"),
    "conditional": ("conditional", "refuse"),
    "refuse": ("refuse",),
    "not_complete": ("refuse",),
}


def allowed_outcomes(room_result: str) -> tuple[str, ...]:
    """The outcomes open to the reviewer, the one that the rules give first."""
    return ALLOWED[room_result]


def period(
    *,
    decided_on: dt.date,
    first_seen_on: dt.date,
    last_seen_on: dt.date,
    conditional: bool,
    months: int = 12,
    conditional_days: int = 60,
) -> tuple[dt.date, dt.date] | None:
    """First day and last day of a certificate, or None if nothing would be left of it.

    It begins when it is decided and ends by what was seen, for what was seen grows old
    from the day of the visit: `months` after the first visit less a day, and, with
    conditions, `conditional_days` after the last visit if that is sooner. A repeat visit
    looks only at what was open and so makes nothing else younger.
    """
    last_day = months_later(first_seen_on, months) - dt.timedelta(days=1)
    if conditional:
        last_day = min(last_day, last_seen_on + dt.timedelta(days=conditional_days))
    return (decided_on, last_day) if decided_on <= last_day else None


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day: 31/1 + 1 = 28/2."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def number(commune_code: str, year: int, count: int) -> str:
    """A certificate's number: the commune, the year, the how-manieth: 08974-2026-000123"""
    return f"{commune_code}-{year}-{count:06d}"
