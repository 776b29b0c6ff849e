"""What two texts differ in, line by line and then word by word. Pure."""

import difflib
import re
from dataclasses import dataclass

# A word with what follows it, so that spaces are no words of their own.
_WORD = re.compile(r"\S+\s*|\s+")
KEPT, OUT, IN = "kept", "out", "in"


@dataclass(frozen=True)
class Line:
    """Pieces of a line, each kept, taken out or put in."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def is_changed(self) -> bool:
        return any(what != KEPT for what, _words in self.pieces)


def lines_between(old: str, new: str) -> list[Line]:
    """The newer text with what was taken out of the older one still in its place."""
    before, after = old.splitlines(), new.splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    found: list[Line] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            found += [Line(((KEPT, line),)) for line in after[j1:j2]]
        else:
            found += _changed(before[i1:i2], after[j1:j2])
    return found


def words_between(old: str, new: str) -> list[tuple[str, str]]:
    """The same for one line."""
    return list(_words(old, new))


def _changed(before: list[str], after: list[str]) -> list[Line]:
    """Lines that stand for each other are compared by words; the rest came or went."""
    paired = min(len(before), len(after))
    found = [
        Line(tuple(_words(old, new)))
        for old, new in zip(before[:paired], after[:paired], strict=True)
    ]
    found += [Line(((OUT, line),)) for line in before[paired:]]
    return found + [Line(((IN, line),)) for line in after[paired:]]


def _words(old: str, new: str) -> list[tuple[str, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pieces = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            pieces.append((KEPT, "".join(after[j1:j2])))
            continue
        if i2 > i1:
            pieces.append((OUT, "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append((IN, "".join(after[j1:j2])))
    return pieces
