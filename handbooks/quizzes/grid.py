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
    boxes = "".join(
        f"M{column * BOX} {row * BOX}h{BOX}v{BOX}h-{BOX}z"
        for row, column in sorted(letters)
    )
    texts = [_number(*box, number) for box, number in sorted(numbers.items())]
    if filled:
        written = [_letter(*box, letter) for box, letter in sorted(letters.items())]
        texts.append(
            f'<g font-size="5.6" text-anchor="middle" fill="{INK}">{"".join(written)}</g>'
        )
    said = f' role="img" aria-label="{escape(label)}"' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="crossword"{said}'
        f' viewBox="-1 -1 {wide * BOX + 2} {high * BOX + 2}"'
        f' font-family="Andika, Inter, sans-serif"><path d="{boxes}" fill="#fff"'
        f' stroke="{INK}" stroke-width=".4"/>{"".join(texts)}</svg>'
    )


def size(entries: Iterable[Entry]) -> tuple[int, int]:
    """Boxes across and down."""
    boxes = [box for entry in entries for box in entry.boxes]
    return max(column for _, column in boxes) + 1, max(row for row, _ in boxes) + 1


def _number(row: int, column: int, number: int) -> str:
    left, top = column * BOX + 0.7, row * BOX + 3.6
    return f'<text x="{left:.1f}" y="{top:.1f}" font-size="3.5" fill="{SHADE}">{number}</text>'


def _letter(row: int, column: int, letter: str) -> str:
    left, top = column * BOX + BOX // 2, row * BOX + 8
    return f'<text x="{left}" y="{top}">{escape(letter)}</text>'
