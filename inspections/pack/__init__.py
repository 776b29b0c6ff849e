"""The pack as bytes: docs/reference/pack.md. Nothing here asks the database."""

from .checking import problems_of_document
from .keeping import Kept, keep, photo_bytes, swept
from .reading import LIMITS, MEDIA_TYPE, Pack, open_pack

__all__ = [
    "LIMITS",
    "MEDIA_TYPE",
    "Kept",
    "Pack",
    "keep",
    "open_pack",
    "photo_bytes",
    "problems_of_document",
    "swept",
]
