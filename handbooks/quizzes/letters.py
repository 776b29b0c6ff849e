"""A word of a crossword as somebody wrote it, letter by letter beside the right one."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from core.text import fold, nfc

Box = tuple[str, str]  # what was written into it, and what is right


@dataclass(frozen=True)
class Run:
    """Neighbouring boxes that are all right, all wrong or all empty."""

    verdict: str  # right, wrong, empty
    typed: str
    right: str


def letters_of(typed: str) -> str:
    """What goes into boxes: letters and numbers, without spaces and other signs."""
    return "".join(letter for letter in nfc(typed) if letter.isalnum())


def beside(typed: str, right: str) -> Iterator[Run]:
    """`typed` has no more letters than `right`; a letter without its marks is right."""
    boxes = itertools.zip_longest(typed, right, fillvalue="")
    for verdict, run in itertools.groupby(boxes, key=_verdict):
        hers, ours = zip(*run, strict=True)
        yield Run(verdict, "".join(hers), "".join(ours))


def _verdict(box: Box) -> str:
    hers, ours = box
    if not hers:
        return "empty"
    return "right" if _bare(hers) == _bare(ours) else "wrong"


def _bare(letter: str) -> str:
    return fold(letter.lower())
