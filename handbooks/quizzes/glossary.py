"""The words that a handbook explains, and which of them fit into a crossword."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text import fold, nfc
from handbooks import markup

SHORTEST, LONGEST = 3, 12
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_GAPS = re.compile(r"[\s\-–]+")


@dataclass(frozen=True)
class Word:
    word: str  # as the handbook writes it, without what stands in brackets
    meaning: str
    slug: str  # of the section

    @property
    def letters(self) -> str:
        """One letter a box: capitals with their marks, without spaces."""
        return nfc(_GAPS.sub("", self.word).upper())

    @property
    def fits(self) -> bool:
        """Whether every box is one letter, and the clue does not say the word."""
        letters = self.letters
        said = f" {fold(self.meaning)} "
        return (
            SHORTEST <= len(letters) <= LONGEST
            and letters.isalpha()
            and f" {fold(self.word)} " not in said
        )


def words_of(body: str, slug: str) -> Iterator[Word]:
    """What the `words` blocks of a text explain."""
    for token, inside in itertools.pairwise(markup.read(body).tokens):
        if token.type == "word_open":
            meaning = " ".join(_plain(inside).split())
            word = _BRACKETS.sub("", token.meta["word"]).strip()
            yield Word(nfc(word), nfc(meaning), slug)


def _plain(inline) -> str:
    gaps = {"softbreak", "hardbreak"}
    return "".join(
        " " if child.type in gaps else child.content for child in inline.children
    )
