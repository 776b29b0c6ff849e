"""A crossword: words that cross each other in a grid, laid out by a number.

Of the layouts on PyPI none is kept up, and none was made for letters with marks; what we
need is short: some tries, each word where it crosses most, the fullest grid is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbooks.quizzes.order import shuffled

WIDE, HIGH = 14, 16  # boxes: what a phone and a sheet of A4 show
TRIES = 24

Box = tuple[int, int]  # row, column


@dataclass(frozen=True)
class Entry:
    letters: str
    row: int
    column: int
    across: bool
    number: int = 0

    @property
    def boxes(self) -> list[Box]:
        down, right = (0, 1) if self.across else (1, 0)
        return [
            (self.row + down * i, self.column + right * i)
            for i in range(len(self.letters))
        ]

    def moved(self, rows: int, columns: int, number: int) -> "Entry":
        place = (self.row + rows, self.column + columns)
        return Entry(self.letters, *place, self.across, number)


def lay_out(words: Sequence[str], *, seed: int, most: int) -> list[Entry]:
    """At most so many of the words, each crossing another; across before down."""
    best: list[Entry] = []
    best_worth = (0, 0, 0)
    for attempt in range(TRIES):
        grid = _Grid()
        grid.fill(shuffled(words, f"{seed}:{attempt}"), most)
        if grid.worth > best_worth:
            best, best_worth = grid.entries, grid.worth
    return _numbered(best)


class _Grid:
    def __init__(self) -> None:
        self.letters: dict[Box, str] = {}
        self.across: dict[Box, bool] = {}  # of boxes with one word: its direction
        self.entries: list[Entry] = []
        self.crossings = 0

    @property
    def worth(self) -> tuple[int, int, int]:
        """More words, more crossings, less paper."""
        high, wide = self._size(self.letters) if self.letters else (0, 0)
        return len(self.entries), self.crossings, -high * wide

    def fill(self, words: list[str], most: int) -> None:
        waiting = list(words)
        while waiting and len(self.entries) < most:
            found = next(
                (entry for word in waiting if (entry := self._place_for(word))), None
            )
            if found is None:
                return
            self._put(found)
            waiting.remove(found.letters)

    def _place_for(self, word: str) -> Entry | None:
        if not self.entries:
            return Entry(word, 0, 0, across=True)
        fitting = [
            (self._crossings(entry), -self._area_with(entry), -index, entry)
            for index, entry in enumerate(self._candidates(word))
            if self._fits(entry)
        ]
        return max(fitting)[-1] if fitting else None

    def _candidates(self, word: str) -> Iterator[Entry]:
        for (row, column), letter in sorted(self.letters.items()):
            across = self.across.get((row, column))
            if across is None:  # two words meet here already
                continue
            for i, own in enumerate(word):
                if own == letter:
                    start = (row - i, column) if across else (row, column - i)
                    yield Entry(word, *start, across=not across)

    def _fits(self, entry: Entry) -> bool:
        boxes = entry.boxes
        high, wide = self._size([*self.letters, *boxes])
        if high > HIGH or wide > WIDE:
            return False
        down, right = (0, 1) if entry.across else (1, 0)
        (row, column), (last_row, last_column) = boxes[0], boxes[-1]
        ends = [(row - down, column - right), (last_row + down, last_column + right)]
        return not any(end in self.letters for end in ends) and all(
            self._takes(box, letter, entry.across)
            for box, letter in zip(boxes, entry.letters, strict=True)
        )

    def _takes(self, box: Box, letter: str, across: bool) -> bool:
        if box in self.letters:
            return self.letters[box] == letter and self.across.get(box) == (not across)
        row, column = box
        beside = (
            [(row - 1, column), (row + 1, column)]
            if across
            else [(row, column - 1), (row, column + 1)]
        )
        return not any(neighbour in self.letters for neighbour in beside)

    def _crossings(self, entry: Entry) -> int:
        return sum(box in self.letters for box in entry.boxes)

    def _area_with(self, entry: Entry) -> int:
        high, wide = self._size([*self.letters, *entry.boxes])
        return high * wide

    def _size(self, boxes) -> tuple[int, int]:
        rows, columns = zip(*boxes, strict=True)
        return max(rows) - min(rows) + 1, max(columns) - min(columns) + 1

    def _put(self, entry: Entry) -> None:
        self.crossings += self._crossings(entry)
        for box, letter in zip(entry.boxes, entry.letters, strict=True):
            if box in self.letters:
                del self.across[box]
            else:
                self.letters[box], self.across[box] = letter, entry.across
        self.entries.append(entry)


def _numbered(entries: list[Entry]) -> list[Entry]:
    """From the upper left corner, each first box with a number, as in newspapers."""
    if not entries:
        return []
    boxes = [box for entry in entries for box in entry.boxes]
    top, left = min(row for row, _ in boxes), min(column for _, column in boxes)
    starts = sorted({(entry.row - top, entry.column - left) for entry in entries})
    numbers = {box: number for number, box in enumerate(starts, start=1)}
    found = [
        entry.moved(-top, -left, numbers[entry.row - top, entry.column - left])
        for entry in entries
    ]
    return sorted(found, key=lambda entry: (not entry.across, entry.number))
