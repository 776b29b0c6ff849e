"""The pack as bytes: docs/reference/pack.md. Nothing here asks the database."""

from .checking import problems_of_document
from .keeping import FOLDER, Kept, discard, keep, left_behind, photo_bytes
from .proving import Proven, base64url, prove, proven, ticket
from .reading import LIMITS, MEDIA_TYPE, Pack, open_pack
from .sealing import public_key, seal
from .twins import FIRST, SECOND, Difference, combine, differences

__all__ = [
    "FIRST",
    "FOLDER",
    "LIMITS",
    "MEDIA_TYPE",
    "SECOND",
    "Difference",
    "Kept",
    "Pack",
    "Proven",
    "base64url",
    "combine",
    "differences",
    "discard",
    "keep",
    "left_behind",
    "open_pack",
    "photo_bytes",
    "problems_of_document",
    "prove",
    "proven",
    "public_key",
    "seal",
    "ticket",
]
