"""How often something may be asked, counted in the database for all processes together.

Counting there is atomic: many parallel requests cannot all see the same old number.
"""

import datetime as dt
import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.db import connection

from core import clock


def spend(what: str, whose: str, *, limit: int, seconds: int) -> bool:
    """Count one use in the present window of `seconds`; False once `limit` is passed."""
    moment = clock.now()
    window = dt.datetime.fromtimestamp(
        moment.timestamp() // seconds * seconds, tz=dt.UTC
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO core_use AS used (what, whose, window_start, times)
               VALUES (%s, %s, %s, 1)
               ON CONFLICT (what, whose, window_start)
               DO UPDATE SET times = used.times + 1
               RETURNING times""",
            [what, _unreadable(whose, moment.date()), window],
        )
        return cursor.fetchone()[0] <= limit


def network(address: str) -> str:
    """The neighbourhood of a network address: /24 of IPv4, /56 of IPv6."""
    prefix = 24 if ipaddress.ip_address(address).version == 4 else 56
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def _unreadable(whose: str, day: dt.date) -> str:
    """No network address is kept: a keyed hash, of another key every day."""
    key = f"{settings.SECRET_KEY}:{day}".encode()
    return hmac.new(key, whose.encode(), hashlib.sha256).hexdigest()[:32]
