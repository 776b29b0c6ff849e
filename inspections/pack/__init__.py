"""The pack as bytes: docs/reference/pack.md. Nothing here asks the database."""

from .checking import problems_of_document
from .keeping import FOLDER, Kept, discard, keep, left_behind, photo_bytes
from .reading import LIMITS, MEDIA_TYPE, Pack, open_pack

__all__ = [
    "FOLDER",
    "LIMITS",
    "MEDIA_TYPE",
    "Kept",
    "Pack",
    "discard",
    "keep",
    "left_behind",
    "open_pack",
    "photo_bytes",
    "problems_of_document",
]
