"""What time it is, asked in one place.

Acts ask here and not `timezone.now()`, so that the demo data can live through a year by
the same acts as people do.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

from django.utils import timezone

_pretended: ContextVar[dt.datetime | None] = ContextVar("_pretended", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _pretended.get() or timezone.now()


def today() -> dt.date:
    """The present day in Viet Nam."""
    return timezone.localdate(now())


def iso(moment: dt.datetime) -> str:
    """The moment as programs exchange it: 2026-11-21T01:30:00.123Z."""
    text = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


@contextlib.contextmanager
def set_to(moment: dt.datetime) -> Iterator[None]:
    """Pretend that it is `moment` (aware). For demo data only."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
