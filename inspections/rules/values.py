"""Numbers, days and times, read so that Python and JavaScript agree to the last digit."""

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

Json = dict[str, Any]

# Viet Nam has one time zone and no summer time; `zoneinfo` would say no more than this.
VIET_NAM = timedelta(hours=7)

TIME = re.compile(
    r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?Z"
)
DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def is_number(value: object) -> bool:
    """Whether it is a JSON number; True is one to Python, and NaN is none to JSON."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or not math.isnan(value)


def has_decimals(number: float, decimals: int) -> bool:
    """Whether the number can be written with that many decimals.

    Dividing a whole number by a power of ten gives the very float that reading the
    decimal text gives, so this is exact, in both languages.
    """
    power = 10**decimals
    return math.floor(number * power + 0.5) / power == number


def thousandths(number: float) -> int:
    return math.floor(number * 1000 + 0.5)


def is_day(value: object) -> bool:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_time(value: object) -> bool:
    return isinstance(value, str) and bool(TIME.fullmatch(value)) and is_day(value[:10])


def day_of(time: str) -> str:
    """The day in Viet Nam at that time."""
    return (datetime.fromisoformat(time) + VIET_NAM).date().isoformat()


def days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def hours_after(time: str, hours: int) -> str:
    at = datetime.fromisoformat(time) + timedelta(hours=hours)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
