"""Pages laid on sheets: an A5 book on A4 to be folded, a card ten times on A4.

Pages are put in as they are, so letters stay letters; their tags do not come along. Who
reads by ear takes the A5 file.
"""

import io
import math

# Heavy: making.py imports this module when something is printed, not before.
import pikepdf  # noqa: TID253
from pikepdf import Dictionary, Name, Stream  # noqa: TID253

MM = 72 / 25.4
A4_SHORT, A4_LONG = 210 * MM, 297 * MM
CARD = 85.6 * MM, 54 * MM
COLUMNS, ROWS = 2, 5
Placed = tuple[int, float, float]  # which page, x, y of its lower left corner


def booklet(content: bytes, title: str, language: str) -> bytes:
    """Sheets for both sides, turned on the short edge, to be folded in the middle.

    Pages that are missing to a multiple of four come as lined ones before the back cover.
    """
    with pikepdf.open(io.BytesIO(content)) as book:
        count = len(book.pages)
        full = math.ceil(count / 4) * 4
        # Which page of the book stands on page n (from 0) of the folded one.
        order = [*range(count - 1), *[-1] * (full - count), count - 1]
        sides = []
        for sheet in range(full // 4):
            first, last = 2 * sheet, full - 1 - 2 * sheet
            sides.append((order[last], order[first]))
            sides.append((order[first + 1], order[last - 1]))
        half = A4_LONG / 2
        placed = [[(left, 0.0, 0.0), (right, half, 0.0)] for left, right in sides]
        return _sheets(book, placed, (A4_LONG, A4_SHORT), b"", title, language)


def cards(content: bytes, title: str, language: str) -> bytes:
    """Ten faces and ten backs: centred, so that either edge may be turned."""
    wide, high = CARD
    left, bottom = (A4_SHORT - COLUMNS * wide) / 2, (A4_LONG - ROWS * high) / 2
    places = [
        (left + column * wide, bottom + row * high)
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    with pikepdf.open(io.BytesIO(content)) as card:
        placed = [[(face, x, y) for x, y in places] for face in range(2)]
        marks = _cutting_marks(left, bottom)
        return _sheets(card, placed, (A4_SHORT, A4_LONG), marks, title, language)


def _sheets(
    source: pikepdf.Pdf,
    sides: list[list[Placed]],
    size: tuple[float, float],
    marks: bytes,
    title: str,
    language: str,
) -> bytes:
    made = pikepdf.new()
    forms = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
    for form in forms:
        # The tags stay behind; what points to them goes too.
        if "/StructParents" in form:
            del form.StructParents
    for side in sides:
        _add_side(made, forms, side, size, marks)
    _describe(made, source, title, language)
    target = io.BytesIO()
    made.save(
        target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    return target.getvalue()


def _add_side(made, forms, side, size, marks):
    page = made.add_blank_page(page_size=size)
    names, drawn = {}, [marks]
    for number, (index, x, y) in enumerate(side):
        at = f"1 0 0 1 {x:.3f} {y:.3f} cm"
        if index < 0:
            drawn.append(b"q %s %s Q\n" % (at.encode(), _lines()))
            continue
        names[f"/P{number}"] = forms[index]
        drawn.append(f"q {at} /P{number} Do Q\n".encode())
    page.obj.Resources = Dictionary(XObject=Dictionary(names))
    page.obj.Contents = made.make_indirect(Stream(made, b"".join(drawn)))


def _lines() -> bytes:
    """A page to write on: dotted lines, 9 mm apart."""
    left, right, step = 17 * MM, 131 * MM, 9 * MM
    drawn = [
        f"{left:.2f} {30 * MM + row * step:.2f} m {right:.2f} {30 * MM + row * step:.2f} l"
        for row in range(18)
    ]
    return f"0.6 G 0.5 w [0.1 3] 0 d 1 J {' '.join(drawn)} S".encode()


def _cutting_marks(left: float, bottom: float) -> bytes:
    """Short strokes in the margin, where the knife goes."""
    wide, high = CARD
    right, top = left + COLUMNS * wide, bottom + ROWS * high
    strokes = []
    for column in range(COLUMNS + 1):
        x = left + column * wide
        strokes += [(x, bottom - 6 * MM, x, bottom - 2 * MM)]
        strokes += [(x, top + 2 * MM, x, top + 6 * MM)]
    for row in range(ROWS + 1):
        y = bottom + row * high
        strokes += [(left - 6 * MM, y, left - 2 * MM, y)]
        strokes += [(right + 2 * MM, y, right + 6 * MM, y)]
    path = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in strokes)
    return f"q 0 G 0.3 w {path} S Q\n".encode()


def _describe(made, source, title, language):
    made.Root.Lang = pikepdf.String(language)
    made.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True,
        Duplex=Name.DuplexFlipShortEdge,
        PrintScaling=Name("/None"),
    )
    made.docinfo = made.make_indirect(Dictionary(Title=pikepdf.String(title)))
    for key in ("/CreationDate", "/ModDate", "/Producer"):
        if key in source.docinfo:
            made.docinfo[key] = pikepdf.String(str(source.docinfo[key]))
