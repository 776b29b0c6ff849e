"""The pack as bytes: docs/reference/pack.md. Nothing here asks the database."""

from .checking import problems_of_document
from .disk import unnamed_file, write_all
from .keeping import FOLDER, Kept, discard, keep, left_behind, photo_bytes
from .parts import (
    LARGEST,
    MOST_IN_A_PART,
    PART_MEDIA_TYPE,
    Here,
    Parts,
    bounds_of,
    parts_left_behind,
    photos_here,
)
from .proving import Proven, base64url, prove, proven, ticket
from .reading import (
    LIMITS,
    MEDIA_TYPE,
    SEALED_MEDIA_TYPE,
    Pack,
    Stream,
    malformed,
    open_pack,
    read,
    too_large,
)
from .rescuing import LARGEST_RESCUE, Rescued, RescueFile, Unreadable
from .sealing import Broken, CannotOpen, Intact, Sealed, public_key, seal
from .twins import FIRST, SECOND, Difference, combine, differences
from .versions import comparable

__all__ = [
    "FIRST",
    "FOLDER",
    "LARGEST",
    "LARGEST_RESCUE",
    "LIMITS",
    "MEDIA_TYPE",
    "MOST_IN_A_PART",
    "PART_MEDIA_TYPE",
    "SEALED_MEDIA_TYPE",
    "SECOND",
    "Broken",
    "CannotOpen",
    "Difference",
    "Here",
    "Intact",
    "Kept",
    "Pack",
    "Parts",
    "Proven",
    "RescueFile",
    "Rescued",
    "Sealed",
    "Stream",
    "Unreadable",
    "base64url",
    "bounds_of",
    "combine",
    "comparable",
    "differences",
    "discard",
    "keep",
    "left_behind",
    "malformed",
    "open_pack",
    "parts_left_behind",
    "photo_bytes",
    "photos_here",
    "problems_of_document",
    "prove",
    "proven",
    "public_key",
    "read",
    "seal",
    "ticket",
    "too_large",
    "unnamed_file",
    "write_all",
]
