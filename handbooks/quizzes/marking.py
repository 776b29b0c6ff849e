"""What somebody handed in, beside the right answers. One sign a question, no name.

The signs of a sheet travel in an address: the place of what was chosen in a multiple
choice; 1 for a word that is right and 0 for another in a crossword; - for nothing.
"""

import re
from dataclasses import dataclass

from core.text import fold

NOTHING, WRONG, RIGHT = "-", "0", "1"
_SIGNS = re.compile(r"[0-9-]{1,60}")


@dataclass(frozen=True)
class Mark:
    """A question with what was answered."""

    item: object
    given: str  # words; empty if nothing was, or if only its being right is known
    is_right: bool


def sign(item, typed: str) -> str:
    typed = typed.strip()
    if item.options:
        is_place = typed.isdecimal() and typed.isascii() and len(typed) == 1
        return typed if is_place and int(typed) < len(item.options) else NOTHING
    if not typed:
        return NOTHING
    return RIGHT if _letters(typed) == _letters(item.answer) else WRONG


def marks(items, signs: str) -> list[Mark] | None:
    """None if the signs are of another quiz, or of none."""
    if not _SIGNS.fullmatch(signs) or len(signs) != len(items):
        return None
    return [_mark(item, sign) for item, sign in zip(items, signs, strict=True)]


def _mark(item, sign):
    if not item.options:
        return Mark(item, "", sign == RIGHT)
    place = int(sign) if sign != NOTHING else len(item.options)
    given = item.options[place] if place < len(item.options) else ""
    return Mark(item, given, given == item.answer)


def _letters(typed: str) -> str:
    """A word typed without its marks is known all the same."""
    return fold(typed).replace(" ", "")
