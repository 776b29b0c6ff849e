"""A sealed pack that comes in parts, in any order: one file with holes beside a record of
which bytes are here.

Bytes first, then their mark, each mark one line with its own checksum: a mark torn by a
crash does not count, and its part is sent again. Marks are appended, so that parts may
come at once, from several tabs and processes. Whoever ends an upload holds it alone.
"""

import contextlib
import datetime as dt
import fcntl
import itertools
import os
import re
import time
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from inspections.pack.disk import check_room, own_folder, refusing_when_full
from inspections.pack.reading import FRAME, LIMITS, Pack, open_pack
from inspections.pack.sealing import (
    Broken,
    Sealed,
    plain_size,
    sealed_begin,
    sealed_end,
    sealed_size,
)

FOLDER = "uploads"
PART_MEDIA_TYPE = "application/offset+octet-stream"
MOST_IN_A_PART = 1024 * 1024
LARGEST = sealed_size(LIMITS.pack)
MARKS = ".parts"
NAME = re.compile(r"[0-9a-f-]{36}-[0-9a-f]{64}")


class Here:
    """Which bytes of an upload are here: ranges in order that do not touch."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self.ranges: list[tuple[int, int]] = []
        for begin, end in sorted(ranges):
            if self.ranges and begin <= self.ranges[-1][1]:
                begin, reached = self.ranges.pop()
                end = max(end, reached)
            self.ranges.append((begin, end))

    @property
    def total(self) -> int:
        return sum(end - begin for begin, end in self.ranges)

    @property
    def without_gap(self) -> int:
        """How many from the beginning."""
        first = self.ranges[0] if self.ranges else (0, 0)
        return 0 if first[0] else first[1]

    def covers(self, begin: int, end: int) -> bool:
        return any(a <= begin and end <= b for a, b in self.ranges)

    def missing(self, size: int) -> list[tuple[int, int]]:
        ends = [0, *(end for _, end in self.ranges)]
        begins = [*(begin for begin, _ in self.ranges), size]
        return [(a, b) for a, b in zip(ends, begins, strict=True) if a < b]


class Parts:
    def __init__(self, visit: UUID, sha256: str) -> None:
        self.path = own_folder(FOLDER) / f"{visit}-{sha256}"
        self.marks = self.path.with_suffix(MARKS)

    def here(self) -> Here:
        try:
            lines = self.marks.read_bytes().split(b"\n")
            known = self.path.stat().st_size
        except FileNotFoundError:
            return Here([])
        ranges = [found for line in lines if (found := _read_mark(line))]
        return Here([(begin, end) for begin, end in ranges if end <= known])

    @property
    def last_part_at(self) -> dt.datetime | None:
        try:
            return dt.datetime.fromtimestamp(self.marks.stat().st_mtime, tz=dt.UTC)
        except FileNotFoundError:
            return None

    def are_begun(self) -> bool:
        return self.marks.exists()

    def check_room(self, size: int) -> None:
        """Refuse before the bytes are read."""
        with refusing_when_full():
            check_room(self.path.parent, size)

    def write(self, at: int, content: bytes) -> None:
        if not content:
            return
        with (
            refusing_when_full(),
            self._held(fcntl.LOCK_SH, os.O_CREAT) as marks,
            open(self.path, "wb", opener=_keep_what_is_there) as file,
        ):
            _write_at(file.fileno(), at, content)
            mark = _mark(at, at + len(content))
            if os.write(marks, mark) < len(mark):
                raise OSError(28, "The mark was torn.")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """No part comes meanwhile, and nobody else ends this upload."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(
                FileNotFoundError
            ):  # nothing is here, or not any more
                stack.enter_context(self._held(fcntl.LOCK_EX))
            yield

    def open(self) -> BinaryIO:
        return self.path.open("rb", buffering=0)

    def drop(self) -> None:
        """In this order no mark stands for bytes that are gone, wherever it is cut."""
        with contextlib.suppress(FileNotFoundError):
            os.truncate(self.marks, 0)
        self.path.unlink(missing_ok=True)
        self.marks.unlink(missing_ok=True)

    def head(self, size: int, here: Here) -> Pack | None:
        """The document as soon as all of it is here; None before, and where it is broken."""
        if not here.covers(0, sealed_end(FRAME, size)):
            return None
        try:
            with self.open() as file:
                length = int.from_bytes(Sealed(file, size).read(FRAME), "big")
            if length <= LIMITS.document:
                end = sealed_end(min(FRAME + length, plain_size(size)), size)
                if not here.covers(0, end):
                    return None
            with self.open() as file:
                return open_pack(Sealed(file, size), plain_size(size))
        except (Broken, EOFError, FileNotFoundError):
            return None

    @contextlib.contextmanager
    def _held(self, how: int, more: int = 0) -> Iterator[int]:
        """The record, locked; a new one if it was ended while we waited."""
        while True:
            marks = os.open(self.marks, os.O_WRONLY | os.O_APPEND | more, 0o600)
            try:
                fcntl.flock(marks, how)
                if os.fstat(marks).st_nlink:
                    yield marks
                    return
            finally:
                os.close(marks)


def parts_left_behind(older_than: dt.timedelta) -> Iterator[tuple[Parts, UUID, str]]:
    """Files to which nothing was added for so long, with what their names say."""
    limit = time.time() - older_than.total_seconds()
    names = set()
    for path in own_folder(FOLDER).iterdir():
        with contextlib.suppress(FileNotFoundError):  # it was completed just now
            if path.stat().st_mtime < limit and NAME.fullmatch(path.stem):
                names.add(path.stem)
    for name in names:
        visit, sha256 = UUID(name[:36]), name[37:]
        yield Parts(visit, sha256), visit, sha256


def photos_here(bounds: list[int], size: int, here: Here) -> int:
    """How many photos are whole; `bounds` are the plain ends of the head and of each."""
    return sum(
        here.covers(sealed_begin(begin), sealed_end(end, size))
        for begin, end in itertools.pairwise(bounds)
    )


def bounds_of(pack: Pack) -> list[int]:
    ends = [len(pack.head)]
    for photo in pack.document["photos"]:
        ends.append(ends[-1] + photo["size"])
    return ends


def _keep_what_is_there(path: str, flags: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)


def _write_at(descriptor: int, at: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        written = os.pwrite(descriptor, view, at)
        view, at = view[written:], at + written


def _mark(begin: int, end: int) -> bytes:
    text = b"%d %d" % (begin, end)
    return b"\n%s %08x\n" % (text, zlib.crc32(text))


def _read_mark(line: bytes) -> tuple[int, int] | None:
    text, _, checksum = line.rpartition(b" ")
    if not text or checksum != b"%08x" % zlib.crc32(text):
        return None
    begin, end = text.split(b" ")
    return int(begin), int(end)
