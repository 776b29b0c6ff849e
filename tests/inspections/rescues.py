"""Rescue files, made as the tablet makes them: docs/reference/rescue-file.md."""

import hashlib
import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import clock
from inspections.pack import prove, public_key, seal, ticket

MAGIC = b"SRRESC1\0"
CHUNK = 65536
PASSPHRASE = "Bốn con mèo nhỏ"


def rescue_file(
    about, entries, bodies, passphrase=PASSPHRASE, *, salt=b"s" * 16, rounds=1
):
    header = MAGIC + rounds.to_bytes(4, "big") + salt
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, rounds)
    cipher = AESGCM(key)

    def closed(index, content, last):
        nonce = bytes(7) + bytes([last]) + index.to_bytes(4, "big")
        return cipher.encrypt(nonce, content, header)

    listed = {"rescue": 1, **about, "entries": entries}
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()
    content = len(text).to_bytes(4, "big") + text + b"".join(bodies)
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)]
    return (
        header
        + closed(0xFFFFFFFF, b"", last=False)
        + b"".join(
            closed(index, chunk, last=index == len(chunks) - 1)
            for index, chunk in enumerate(chunks)
        )
    )


def rescued(visit, plain, **changes):
    """(entry, sealed bytes) of a finished visit."""
    sealed = seal(plain, public_key()[1])
    upload = hashlib.sha256(sealed).hexdigest()
    author, day = visit.inspector, clock.today()
    entry = {
        "visit": str(visit.pk),
        "revision": 1,
        "inspector": {"id": author.pk, "name": author.full_name},
        "label": str(visit.house),
        "made_at": clock.iso(clock.now()),
        "size": len(sealed),
        "sha256": hashlib.sha256(plain).hexdigest(),
        "upload": upload,
        "proof": prove(ticket(author.pk, day), author.pk, day, visit.pk, upload),
        "photos": 0,
        "pictures": [],
    }
    return entry | changes, sealed


def file_of(*packs, passphrase=PASSPHRASE):
    entries, bodies = zip(*packs, strict=True) if packs else ((), ())
    return rescue_file({}, list(entries), list(bodies), passphrase)
