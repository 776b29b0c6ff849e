"""What somebody handed in, beside the right answers. One sign a question, no name.

The signs of a sheet travel in an address: the place of what was chosen in a multiple
choice; the letters that were written in a crossword; - for nothing.
"""

from dataclasses import dataclass

from handbooks.quizzes.letters import Run, beside, letters_of

NOTHING, BETWEEN = "-", "."


@dataclass(frozen=True)
class Clue:
    """A question with what was typed."""

    item: object
    typed: str = ""

    @property
    def sign(self) -> str:
        return sign(self.item, self.typed)

    @property
    def is_too_long(self) -> bool:
        """More letters than boxes: no answer, on paper neither."""
        return bool(self.item.place) and len(letters_of(self.typed)) > self.item.boxes


@dataclass(frozen=True)
class Mark:
    """A question with what was answered."""

    item: object
    given: str  # words of an option, or letters; empty if nothing was
    is_right: bool

    @property
    def runs(self) -> list[Run]:
        return list(beside(self.given, self.item.entry.letters))


def sign(item, typed: str) -> str:
    if item.place:
        return letters_of(typed)[: item.boxes] or NOTHING
    typed = typed.strip()
    is_place = typed.isdecimal() and typed.isascii() and len(typed) == 1
    return typed if is_place and int(typed) < len(item.options) else NOTHING


def marks(items, sheet: str) -> list[Mark] | None:
    """None if the signs are of another quiz, or of none."""
    signs = sheet.split(BETWEEN)
    if len(signs) != len(items):
        return None
    answered = list(zip(items, signs, strict=True))
    if any(sign(item, given) != given for item, given in answered):
        return None
    return [_mark(item, "" if given == NOTHING else given) for item, given in answered]


def _mark(item, given):
    if item.place:
        runs = beside(given, item.entry.letters)
        return Mark(item, given, {run.verdict for run in runs} == {"right"})
    chosen = item.options[int(given)] if given else ""
    return Mark(item, chosen, chosen == item.answer)
