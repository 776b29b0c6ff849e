"""The rescue file, read: docs/reference/rescue-file.md. The whole outbox of a tablet under
a passphrase. Never more than a chunk of it is in memory.
"""

import hashlib
import io
import json
import unicodedata
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspections.pack.parts import LARGEST

MAGIC = b"SRRESC1\0"
SALT = 16
HEADER = len(MAGIC) + 4 + SALT
TAG = 16
CHUNK = 65536
MOST_ROUNDS = 5_000_000
CHECK = 0xFFFFFFFF
FRAME = 4
LONGEST_LIST = 4_000_000
LARGEST_RESCUE = 256_000_000
SHA256 = 64


class Unreadable(ValueError):
    """Nothing can be read: not_rescue, wrong_passphrase or damaged."""


class Lost(EOFError):
    """What was to be read lay in a chunk that is damaged or missing."""


class Rescued(NamedTuple):
    """A sealed pack in the file, as its list names it."""

    visit: UUID
    label: str
    inspector: str  # her name, to be shown
    upload: str
    proof: str
    size: int
    begin: int  # within the content


class RescueFile:
    """ValueError nowhere but Unreadable: the content of the file is anybody's."""

    def __init__(self, file: BinaryIO, size: int, passphrase: str) -> None:
        self._file = file
        self._count = max(0, -(-(size - HEADER - TAG) // (CHUNK + TAG)))
        self._header = self._slice(0, HEADER)
        self._cipher = AESGCM(self._key(passphrase))
        self._last: tuple[int, bytes] = (-1, b"")
        try:
            self._open(CHECK, self._slice(HEADER, TAG), last=False)
        except InvalidTag as error:
            raise Unreadable("wrong_passphrase") from error
        self.entries = self._entries()

    def _key(self, passphrase: str) -> bytes:
        header = self._header
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise Unreadable("not_rescue")
        rounds = int.from_bytes(header[len(MAGIC) : -SALT], "big")
        if not 0 < rounds <= MOST_ROUNDS:
            raise Unreadable("damaged")
        secret = unicodedata.normalize("NFC", passphrase).encode()
        return hashlib.pbkdf2_hmac("sha256", secret, header[-SALT:], rounds)

    def _entries(self) -> list[Rescued]:
        try:
            size = int.from_bytes(self._read(0, FRAME), "big")
            if not 0 < size <= LONGEST_LIST:
                raise Unreadable("damaged")
            told = json.loads(self._read(FRAME, FRAME + size))
            return list(_entries(told["entries"], FRAME + size))
        except (Lost, ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unreadable("damaged") from error

    def is_whole(self, entry: Rescued) -> bool:
        try:
            found = hashlib.sha256()
            for at in range(0, entry.size, CHUNK):
                end = min(at + CHUNK, entry.size)
                found.update(self._read(entry.begin + at, entry.begin + end))
        except Lost:
            return False
        return found.hexdigest() == entry.upload

    def open(self, entry: Rescued) -> BinaryIO:
        """Its sealed bytes as a file."""
        return io.BufferedReader(_Stretch(self, entry), CHUNK)

    def _read(self, begin: int, end: int) -> bytes:
        first = begin // CHUNK
        parts = [self._chunk(index) for index in range(first, -(-end // CHUNK))]
        content = b"".join(parts)[begin - first * CHUNK : end - first * CHUNK]
        if len(content) < end - begin:
            raise Lost
        return content

    def _chunk(self, index: int) -> bytes:
        if self._last[0] != index:
            if index >= self._count:
                raise Lost
            begin = HEADER + TAG + index * (CHUNK + TAG)
            self._last = index, self._opened(index, self._slice(begin, CHUNK + TAG))
        return self._last[1]

    def _opened(self, index: int, closed: bytes) -> bytes:
        """Of a file that was cut off the last chunk that is left was not the last."""
        for last in {index == self._count - 1, False}:
            try:
                return self._open(index, closed, last=last)
            except InvalidTag:
                continue
        raise Lost

    def _open(self, index: int, closed: bytes, *, last: bool) -> bytes:
        nonce = bytes(7) + bytes([last]) + index.to_bytes(4, "big")
        return self._cipher.decrypt(nonce, closed, self._header)

    def _slice(self, begin: int, size: int) -> bytes:
        self._file.seek(begin)
        return self._file.read(size)


class _Stretch(io.RawIOBase):
    def __init__(self, rescue: RescueFile, entry: Rescued) -> None:
        super().__init__()
        self._rescue, self._entry, self._at = rescue, entry, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._entry.size}
        self._at = base[whence] + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        end = min(self._at + len(buffer), self._entry.size)
        if self._at >= end:
            return 0
        begin = self._entry.begin
        content = self._rescue._read(begin + self._at, begin + end)
        buffer[: len(content)] = content
        self._at = end
        return len(content)


def _entries(told: Any, begin: int) -> Iterator[Rescued]:
    for entry in told:
        size = entry["size"]
        if type(size) is not int or not 0 < size <= LARGEST:
            raise Unreadable("damaged")
        yield Rescued(
            visit=UUID(entry["visit"]),
            label=_text(entry["label"] or ""),
            inspector=_text(entry["inspector"]["name"]),
            upload=_text(entry["upload"], SHA256),
            proof=_text(entry["proof"]),
            size=size,
            begin=begin,
        )
        begin += size


def _text(value: Any, longest: int = 200) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise Unreadable("damaged")
    return value
