"""The grid of a crossword as a drawing, empty or filled in; for paper and for a page."""

from collections.abc import Iterable

from django.utils.html import escape

from handbooks.quizzes.crossword import Entry

BOX = 10  # units of a box; the drawing is as large as its place
INK, SHADE = "#1b2526", "#435052"


def drawing(entries: Iterable[Entry], *, label: str = "", filled: bool = False) -> str:
    """An SVG. With a label it is a picture of a page, which says so to who cannot see it."""
    entries = list(entries)
    letters = {
        box: letter
        for entry in entries
        for box, letter in zip(entry.boxes, entry.letters, strict=True)
    }
    numbers = {(entry.row, entry.column): entry.number for entry in entries}
    high = max(row for row, _ in letters) + 1
    wide = max(column for _, column in letters) + 1
    shapes = "".join(
        _box(row, column, letter if filled else "", numbers.get((row, column)))
        for (row, column), letter in sorted(letters.items())
    )
    said = f' role="img" aria-label="{escape(label)}"' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="crossword"{said}'
        f' viewBox="-1 -1 {wide * BOX + 2} {high * BOX + 2}"'
        f' font-family="Andika, Inter, sans-serif">{shapes}</svg>'
    )


def size(entries: Iterable[Entry]) -> tuple[int, int]:
    """Boxes across and down."""
    boxes = [box for entry in entries for box in entry.boxes]
    return max(column for _, column in boxes) + 1, max(row for row, _ in boxes) + 1


def _box(row: int, column: int, letter: str, number: int | None) -> str:
    left, top = column * BOX, row * BOX
    shapes = (
        f'<rect x="{left}" y="{top}" width="{BOX}" height="{BOX}" fill="#fff"'
        f' stroke="{INK}" stroke-width="0.4"/>'
    )
    if number:
        shapes += (
            f'<text x="{left + 0.7}" y="{top + 3}" font-size="2.9"'
            f' fill="{SHADE}">{number}</text>'
        )
    if letter:
        shapes += (
            f'<text x="{left + BOX / 2}" y="{top + 8.4}" font-size="6"'
            f' text-anchor="middle" fill="{INK}">{escape(letter)}</text>'
        )
    return shapes
