"""Whose pack it is, proved without a session: docs/reference/pack.md, "Proof".

A tablet gets a ticket with the day while its inspector is signed in. With it each finished
pack is signed; the signature names its author whoever uses the browser when it leaves.
"""

import base64
import datetime as dt
import hashlib
import hmac
import re
from typing import NamedTuple
from uuid import UUID

from core import clock
from inspections.pack import sealing

VALID = dt.timedelta(days=60)
SCHEME = "Pack"
FORM = re.compile(rf"{SCHEME} (\d{{1,18}})\.(\d{{8}})\.([0-9a-f]{{64}})", re.ASCII)


class Proven(NamedTuple):
    inspector: int
    issued: dt.date


def ticket(inspector: int, day: dt.date, secret: str | None = None) -> bytes:
    purpose = f"safe-rooms ticket {inspector} {day:%Y%m%d}"
    return sealing.derive(secret or sealing.secrets()[0], purpose)


def prove(key: bytes, inspector: int, day: dt.date, visit: UUID, sha256: str) -> str:
    """The Authorization header, as the tablet makes it."""
    return f"{SCHEME} {inspector}.{day:%Y%m%d}.{_signature(key, visit, sha256)}"


def proven(header: str, visit: UUID, sha256: str) -> Proven | None:
    """Who sealed these bytes for this visit; None if the header does not prove it."""
    if not (form := FORM.fullmatch(header)):
        return None
    inspector, day, signature = int(form[1]), _day(form[2]), form[3]
    if day is None or clock.today() - day > VALID:
        return None
    right = [
        hmac.compare_digest(
            _signature(ticket(inspector, day, secret), visit, sha256), signature
        )
        for secret in sealing.secrets()
    ]
    return Proven(inspector, day) if any(right) else None


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _signature(key: bytes, visit: UUID, sha256: str) -> str:
    return hmac.new(key, f"{visit}/{sha256}".encode(), hashlib.sha256).hexdigest()


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
