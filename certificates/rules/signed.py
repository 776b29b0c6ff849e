"""The signed compact form: a certificate that can be checked without a network.

`SR1.<key id>.<claims>.<signature>`, claims and signature in base32 without padding. All of
it is upper case, so that a QR code stays in its alphanumeric mode. One algorithm, Ed25519,
and keys only from the list given: the text itself chooses neither. The signature covers
the form and the key id too.
"""

import base64
import binascii
import datetime as dt
import struct
from collections.abc import Collection, Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

FORM = "SR1"
PURPOSE = b"C"  # a certificate of a room; another purpose gets another letter
EPOCH = dt.date(2020, 1, 1)
HEAD = struct.Struct(">cHHB8s7s")  # purpose, first day, last day, flags, code, house
CONDITIONAL, WOMEN = 1, 2
LONGEST = 400


class Claims(NamedTuple):
    code: str
    house: str  # the house's registration number
    room: str  # what is written at the room's door
    valid_from: dt.date
    valid_until: dt.date
    conditional: bool
    women_mark: bool


class NotGenuine(Exception):
    """The text is not a certificate that we signed and still stand for.

    `code` is one of malformed, unknown_key, revoked_key, bad_signature, wrong_purpose,
    not_yet_valid, expired.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sign(claims: Claims, key_id: str, key: Ed25519PrivateKey) -> str:
    body = f"{FORM}.{key_id}.{_base32(_packed(claims))}"
    return f"{body}.{_base32(key.sign(body.encode()))}"


def verify(
    text: str,
    *,
    keys: Mapping[str, Ed25519PublicKey],
    revoked: Collection[str] = (),
    on: dt.date,
) -> Claims:
    """What was signed, or NotGenuine. It does not know of revocations of certificates."""
    form, key_id, packed, signature = _parts(text)
    if form != FORM:
        raise NotGenuine("malformed")
    if key_id not in keys:
        raise NotGenuine("unknown_key")
    if key_id in revoked:
        raise NotGenuine("revoked_key")
    try:
        keys[key_id].verify(_bytes(signature), f"{form}.{key_id}.{packed}".encode())
    except InvalidSignature:
        raise NotGenuine("bad_signature") from None
    claims = _unpacked(_bytes(packed))
    if on < claims.valid_from:
        raise NotGenuine("not_yet_valid")
    if on > claims.valid_until:
        raise NotGenuine("expired")
    return claims


def _parts(text: str) -> list[str]:
    parts = text.strip().upper().split(".")
    if len(text) > LONGEST or not text.isascii() or len(parts) != 4:
        raise NotGenuine("malformed")
    return parts


def _packed(claims: Claims) -> bytes:
    flags = CONDITIONAL * claims.conditional | WOMEN * claims.women_mark
    head = HEAD.pack(
        PURPOSE,
        (claims.valid_from - EPOCH).days,
        (claims.valid_until - EPOCH).days,
        flags,
        claims.code.encode("ascii"),
        claims.house.encode("ascii"),
    )
    return head + claims.room.encode()


def _unpacked(packed: bytes) -> Claims:
    try:
        purpose, first, last, flags, code, house = HEAD.unpack(packed[: HEAD.size])
        room = packed[HEAD.size :].decode()
    except (struct.error, UnicodeDecodeError):
        raise NotGenuine("malformed") from None
    if purpose != PURPOSE:
        raise NotGenuine("wrong_purpose")
    return Claims(
        code.decode("ascii"),
        house.rstrip(b"\0").decode("ascii"),
        room,
        EPOCH + dt.timedelta(days=first),
        EPOCH + dt.timedelta(days=last),
        bool(flags & CONDITIONAL),
        bool(flags & WOMEN),
    )


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise NotGenuine("malformed") from None
