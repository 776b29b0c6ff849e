"""A pack sealed for the server: docs/reference/pack.md, "Sealed".

Who holds the tablet cannot read a finished visit, and it can still leave without its
author's PIN. The private keys are derived from SECRET_KEY, so that every process has them
and nothing more must be kept.
"""

import functools
import hashlib
from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from inspections.pack.reading import Stream

MAGIC = b"SRSEAL1\0"
ID = 8
POINT = 65  # an uncompressed point of P-256
HEADER = len(MAGIC) + ID + POINT
CHUNK = 65536  # of the plain pack
TAG = 16
CURVE = ec.SECP256R1()
# Of P-256: how many points its generator makes.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SPARE = (
    16  # more bytes than the order has, so that no private key is likelier than others
)


class CannotOpen(ValueError):
    """Not sealed, or for a key that this server does not have."""


class Broken(ValueError):
    """A chunk is not what was sealed."""


class Intact:
    """Sealed bytes, read once and in order; the last of them only if all have this hash.

    `read` gives fewer bytes than it is asked for only at the end, or refuses.
    """

    def __init__(self, read: Callable[[int], bytes], size: int, sha256: str) -> None:
        self._read, self._sha256 = read, sha256
        self._left = size
        self._hash = hashlib.sha256()

    def read(self, size: int) -> bytes:
        content = self._take(size)
        if not self._left and not self._is_right():
            raise Broken("hash")
        return content

    def is_right(self) -> bool:
        """Whether all are those that were sealed; what is left is read."""
        while self._left and self._take(CHUNK):
            pass
        return not self._left and self._is_right()

    def _take(self, size: int) -> bytes:
        content = self._read(min(size, self._left))
        self._hash.update(content)
        self._left -= len(content)
        return content

    def _is_right(self) -> bool:
        return self._hash.hexdigest() == self._sha256


class Sealed:
    """The plain bytes of a sealed file of a known size, chunk by chunk from its beginning.

    `file` is read in order and need not hold more than what is asked for.
    """

    def __init__(self, file: Stream, size: int) -> None:
        self.size = plain_size(size)
        self._file = file
        self._left = size
        self._count = 0
        self._ready = memoryview(b"")
        self._header = self._take(HEADER)
        self._cipher = AESGCM(_open_header(self._header))

    def read(self, size: int = -1) -> bytes:
        content = bytearray(self.size if size < 0 else min(size, self.size))
        view = memoryview(content)
        while got := self.readinto(view):
            view = view[got:]
        return bytes(content[: len(content) - len(view)])

    def readinto(self, view: memoryview) -> int:
        """As much of `view` as there is of a chunk; 0 only at the end."""
        if not self._ready and view and self._left:
            self._ready = memoryview(self._open())
        got = min(len(view), len(self._ready))
        view[:got] = self._ready[:got]
        self._ready = self._ready[got:]
        return got

    def _open(self) -> bytes:
        chunk = self._take(min(self._left, CHUNK + TAG))
        nonce = _nonce(self._count, last=not self._left)
        self._count += 1
        try:
            return self._cipher.decrypt(nonce, chunk, self._header)
        except InvalidTag as error:
            raise Broken(f"chunk {self._count}") from error

    def _take(self, size: int) -> bytes:
        content = self._file.read(size)
        if len(content) < size:
            raise EOFError
        self._left -= size
        return content


def public_key() -> tuple[str, bytes]:
    """What a tablet seals for: the key's id, its point."""
    point = _point(_private_key(settings.SECRET_KEY).public_key())
    return _id(point).hex(), point


def seal(plain: bytes, point: bytes, *, ephemeral: int | None = None) -> bytes:
    """As the tablet does it; a fixed `ephemeral` key is for test vectors alone."""
    mine = (
        ec.generate_private_key(CURVE)
        if ephemeral is None
        else ec.derive_private_key(ephemeral, CURVE)
    )
    header = MAGIC + _id(point) + _point(mine.public_key())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    cipher = AESGCM(_content_key(mine, theirs, header))
    chunks = [plain[at : at + CHUNK] for at in range(0, len(plain), CHUNK)]
    return header + b"".join(
        cipher.encrypt(_nonce(count, last=count == len(chunks) - 1), chunk, header)
        for count, chunk in enumerate(chunks)
    )


def sealed_size(plain: int) -> int:
    return HEADER + plain + TAG * -(-plain // CHUNK)


def plain_size(sealed: int) -> int:
    """CannotOpen if no pack has that size once it is sealed."""
    body = sealed - HEADER
    chunks = -(-body // (CHUNK + TAG))
    plain = body - TAG * chunks
    if plain <= 0 or sealed_size(plain) != sealed:
        raise CannotOpen("size")
    return plain


def sealed_end(plain: int, size: int) -> int:
    """How far a sealed file of `size` has to be here for its first `plain` bytes."""
    return min(size, HEADER + -(-plain // CHUNK) * (CHUNK + TAG))


def sealed_begin(plain: int) -> int:
    """Where the chunk begins that holds this byte of the plain pack."""
    return HEADER + plain // CHUNK * (CHUNK + TAG)


def secrets() -> list[str]:
    """Of the server: the one in use, then those that are still accepted."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def derive(secret: str, purpose: str, size: int = 32) -> bytes:
    return HKDF(SHA256(), size, salt=None, info=purpose.encode()).derive(
        secret.encode()
    )


@functools.lru_cache(maxsize=8)
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    random = derive(secret, "safe-rooms seal", 32 + SPARE)
    return ec.derive_private_key(int.from_bytes(random, "big") % (ORDER - 1) + 1, CURVE)


@functools.lru_cache(maxsize=8)
def _id_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    return _id(_point(private.public_key()))


def _private_keys() -> Iterator[ec.EllipticCurvePrivateKey]:
    return map(_private_key, secrets())


def _open_header(header: bytes) -> bytes:
    """The key of the content."""
    if not header.startswith(MAGIC):
        raise CannotOpen("magic")
    wanted, point = header[len(MAGIC) : -POINT], header[-POINT:]
    for private in _private_keys():
        if _id_of(private) == wanted:
            try:
                theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
            except ValueError as error:
                raise CannotOpen("point") from error
            return _content_key(private, theirs, header)
    raise CannotOpen("key")


def _content_key(
    mine: ec.EllipticCurvePrivateKey, theirs: ec.EllipticCurvePublicKey, header: bytes
) -> bytes:
    shared = mine.exchange(ec.ECDH(), theirs)
    return HKDF(SHA256(), 32, salt=header, info=b"safe-rooms pack").derive(shared)


def _nonce(count: int, *, last: bool) -> bytes:
    return bytes(7) + bytes([last]) + count.to_bytes(4, "big")


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _id(point: bytes) -> bytes:
    return hashlib.sha256(point).digest()[:ID]
