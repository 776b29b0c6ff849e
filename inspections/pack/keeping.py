"""A pack on the disk: written beside, hashed while it comes in, put in place when whole.

With the default storage in a folder the pack is durable before anything is said about it:
one fdatasync of the file, one fsync of its folder. Other storages (S3) get it by their own
means, from a file of ours.
"""

import contextlib
import datetime as dt
import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from core.errors import Refused
from inspections.pack.disk import (
    check_room,
    in_folder,
    make,
    own_folder,
    refusing_when_full,
    sync,
)
from inspections.pack.reading import Pack, fill

FOLDER = "packs"
UNFINISHED = f"{FOLDER}/unfinished"
SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
LONGEST_SIGN = 12


@dataclass
class Kept:
    sha256: str  # of the whole pack
    offsets: list[int]  # where each photo begins
    part: Path | None  # the unfinished file; None for a pack without photos

    def put(self, name: str) -> str:
        """Put the file in its place for good. May be done twice with the same bytes."""
        if self.part is None:
            return ""
        with refusing_when_full():
            put = _put_in_folder if in_folder() else _hand_over
            return put(self.part, name)


def _put_in_folder(part: Path, name: str) -> str:
    place = Path(default_storage.path(name))
    make(place.parent)
    try:
        os.link(part, place)
    except OSError:
        # The same pack came before or comes at this moment (what lies there may not be
        # whole yet, so it is replaced by what is), or this disk knows no links.
        sync(part)
        os.rename(part, place)
    else:
        # With its place already there the disk is asked for bytes and name at once. A
        # sync that fails must not be tried again: the second may say that all is well.
        sync(place)
    sync(place.parent)
    return name


def _hand_over(part: Path, name: str) -> str:
    with part.open("rb") as file:
        return default_storage.save(name, File(file))


@contextlib.contextmanager
def keep(pack: Pack) -> Iterator[Kept]:
    """Take the photos in, checking each against the manifest; gone afterwards unless put."""
    photos = pack.document["photos"]
    if not photos:
        yield Kept(hashlib.sha256(pack.head).hexdigest(), [], None)
        return
    part = own_folder(UNFINISHED) / uuid.uuid4().hex
    try:
        with refusing_when_full():
            check_room(part.parent, pack.size)
            sha256, offsets = _write(part, pack, photos)
        yield Kept(sha256, offsets, part)
    finally:
        part.unlink(missing_ok=True)


def photo_bytes(name: str, offset: int, size: int) -> bytes:
    with default_storage.open(name, "rb") as file:
        file.seek(offset)
        return file.read(size)


def left_behind(older_than: dt.timedelta) -> Iterator[str]:
    """Names of files at least that old. Whether a submission refers to one, the caller
    asks; only where media lie in a folder.
    """
    limit = time.time() - older_than.total_seconds()
    root = Path(settings.MEDIA_ROOT)
    for path in (root / FOLDER).rglob("*"):
        if path.is_file() and path.stat().st_mtime < limit:
            yield str(path.relative_to(root))


def discard(name: str) -> None:
    (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def _write(part: Path, pack: Pack, photos: list[dict[str, Any]]) -> tuple[str, list]:
    whole = hashlib.sha256(pack.head)
    offsets, at = [], len(pack.head)
    memory = memoryview(bytearray(max(photo["size"] for photo in photos)))
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        _write_all(file, pack.head)
        for photo in photos:
            offsets.append(at)
            at += photo["size"]
            view = memory[: photo["size"]]
            fill(pack.photos, view)
            _check(photo, view)
            whole.update(view)
            _write_all(file, view)
    return whole.hexdigest(), offsets


def _check(photo: dict[str, Any], content: memoryview) -> None:
    if not _is_picture(bytes(content[:LONGEST_SIGN])):
        raise _not_a_picture(photo)
    found = hashlib.sha256(content).hexdigest()
    if found != photo["sha256"]:
        raise _mismatch(photo, found)


def _write_all(file: Any, content: bytes | memoryview) -> None:
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]


def _is_picture(begin: bytes) -> bool:
    if not begin.startswith(SIGNS):
        return False
    return not begin.startswith(b"RIFF") or begin[8:LONGEST_SIGN] == b"WEBP"


def _not_a_picture(photo: dict[str, Any]) -> Refused:
    message = _("Take this photo again: it is neither JPEG, PNG nor WebP.")
    return Refused("not_a_photo", message, status=422, photo=photo["id"])


def _mismatch(photo: dict[str, Any], found: str) -> Refused:
    return Refused(
        "photo_mismatch",
        _("Send again: a photo was damaged on its way."),
        status=422,
        photo=photo["id"],
        announced=photo["sha256"],
        found=found,
    )
