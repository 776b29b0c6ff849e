"""The frame of a pack: its length, its document. Refused before more bytes are read."""

import json
import math
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.http import UnreadablePostError
from django.utils.translation import gettext as _

from core.errors import Refused

MEDIA_TYPE = "application/vnd.safe-rooms.pack"
SEALED_MEDIA_TYPE = "application/vnd.safe-rooms.sealed-pack"
FRAME = 4  # bytes of the document's length


class Limits(NamedTuple):
    pack: int = 60_000_000
    document: int = 2_000_000
    depth: int = 20
    commas: int = 200_000  # each value costs memory, however short it is
    photos: int = 200
    photo: int = 2_000_000


LIMITS = Limits()


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Pack:
    head: bytes  # length and document, as sent
    document: dict[str, Any]
    size: int  # of the whole pack, as announced
    photos: Stream  # the rest of the body, not yet read

    @property
    def text(self) -> str:
        """The document as sent."""
        return self.head[FRAME:].decode()


def open_pack(stream: Stream, length: int) -> Pack:
    """Read as far as the photos."""
    if length > LIMITS.pack:
        raise too_large("pack", LIMITS.pack)
    frame = read(stream, FRAME)
    size = int.from_bytes(frame, "big")
    if size > LIMITS.document:
        raise too_large("document", LIMITS.document)

    text = read(stream, size)
    if text.count(b",") > LIMITS.commas:
        raise too_large("values", LIMITS.commas)
    document = _document(text)
    _check_photos(document, length - FRAME - size)
    return Pack(head=frame + text, document=document, size=length, photos=stream)


def read(stream: Stream, size: int) -> bytes:
    """Exactly `size` bytes."""
    try:
        content = stream.read(size)
    except UnreadablePostError as error:
        raise malformed("cut_off") from error
    if len(content) < size:
        raise malformed("cut_off")
    return content


def fill(stream: Any, view: memoryview) -> None:
    """Exactly as many bytes as there is room for."""
    if not hasattr(stream, "readinto"):
        view[:] = read(stream, len(view))
        return
    while view:
        try:
            got = stream.readinto(view)
        except UnreadablePostError as error:
            raise malformed("cut_off") from error
        if not got:
            raise malformed("cut_off")
        view = view[got:]


def malformed(why: str) -> Refused:
    return Refused("malformed", _("This is not a visit's pack."), status=400, why=why)


def too_large(what: str, limit: int) -> Refused:
    message = _("Send less: this is more than the registry takes at once.")
    return Refused("too_large", message, status=413, what=what, limit=limit)


def _document(text: bytes) -> dict[str, Any]:
    try:
        told = text.decode()
        document = json.loads(told, parse_constant=_no_number, parse_float=_finite)
        _check_depth(document)
        if "\\u" in told:  # what UTF-8 does not allow can only come escaped
            _check_texts(document)
    except (ValueError, RecursionError) as error:  # also UnicodeError
        raise malformed("document") from error
    if not isinstance(document, dict):
        raise malformed("document")
    return document


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def _check_depth(document: Any) -> None:
    level = [document] if isinstance(document, dict | list) else []
    for _depth in range(LIMITS.depth + 1):
        if not level:
            return
        level = [
            part
            for each in level
            for part in (each.values() if isinstance(each, dict) else each)
            if part.__class__ in (dict, list)
        ]
    raise ValueError("depth")


def _check_texts(value: Any) -> None:
    """No text that PostgreSQL cannot hold."""
    if isinstance(value, str):
        value.encode()  # a lone surrogate fails
        if "\x00" in value:
            raise ValueError("NUL")
    elif isinstance(value, dict | list):
        for part in value:
            _check_texts(part)
        if isinstance(value, dict):
            for part in value.values():
                _check_texts(part)


def _check_photos(document: dict[str, Any], rest: int) -> None:
    """The manifest's sizes must fill the rest of the body, no byte more or less."""
    photos = document.get("photos")
    if not isinstance(photos, list) or not all(isinstance(p, dict) for p in photos):
        raise malformed("photos")
    sizes = [photo.get("size") for photo in photos]
    if not all(type(size) is int and size >= 0 for size in sizes):
        raise malformed("photos")
    if len(sizes) > LIMITS.photos:
        raise too_large("photos", LIMITS.photos)
    if any(size > LIMITS.photo for size in sizes):
        raise too_large("photo", LIMITS.photo)
    if sum(sizes) != rest:
        raise malformed("length")
