"""The batch number of a print run, put into a published PDF where it keeps a place for it.

Everything else is the published file's own: a print run is a copy of it, not another
printing. In a tagged file the number is read aloud where it stands.
"""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass

# Heavy: stamped by a job, which imports this module when there is something to stamp.
import pikepdf  # noqa: TID253
import pypdfium2  # noqa: TID253
import pypdfium2.raw as pdfium  # noqa: TID253
from django.utils.html import format_html
from pikepdf import Array, Dictionary, Name  # noqa: TID253

from core import pdf
from handbooks.printing.dressing import BATCH_PLACE

SIZE = 10  # points, of the stamp as it is made; it is scaled to its place
_DOTS = (6.8, 0.3)  # em: what a row of them takes, at most, in width and in height


@dataclass(frozen=True)
class Place:
    """A row of dots on a page: where it begins, how large its letters are, whose tag."""

    page: int
    x: float
    y: float
    size: float
    mark: int  # its marked content; -1 on a sheet without tags


def stamp(content: bytes, number: str, *, language: str) -> bytes:
    """A copy of the PDF with the number on each of its places, always the same bytes.

    Nothing, if it keeps no place.
    """
    places = list(_places(content, BATCH_PLACE))
    if not places:
        return b""
    made = pdf.render(_stamp(number, language))
    [written] = _places(made, number)
    target = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(content)) as copy,
        pikepdf.open(io.BytesIO(made)) as source,
    ):
        form = copy.copy_foreign(_form(source))
        for place in places:
            _put(copy, form, place, written)
        copy.save(
            target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return target.getvalue()


def _stamp(number: str, language: str) -> str:
    return format_html(
        '<!DOCTYPE html><html lang="{}"><head><title>{}</title><style>'
        "@page {{ size: {}pt {}pt; margin: 0 }}"
        ' body {{ margin: 0; font: 700 {}pt/2 Inter, "DejaVu Sans"; color: #1b2526 }}'
        "</style></head><body>{}</body></html>",
        language,
        number,
        SIZE * 12,
        SIZE * 2,
        SIZE,
        number,
    )


def _form(source: pikepdf.Pdf) -> pikepdf.Object:
    """The stamp to be put on pages, without its own tags: it gets those of its place."""
    page = source.pages[0]
    marks = {"BDC", "BMC", "EMC"}
    kept = [
        step
        for step in pikepdf.parse_content_stream(page)
        if str(step.operator) not in marks
    ]
    page.Contents = source.make_stream(pikepdf.unparse_content_stream(kept))
    form = page.as_form_xobject()
    if "/StructParents" in form:
        del form.StructParents
    return form


def _places(content: bytes, words: str) -> Iterator[Place]:
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            found = text.search(words)
            while hit := found.get_next():
                yield _place(text, number, hit[0])
    finally:
        document.close()


def _place(text: pypdfium2.PdfTextPage, page: int, index: int) -> Place:
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d)
    owner = pdfium.FPDFText_GetTextObject(text, index)
    mark = pdfium.FPDFPageObj_GetMarkedContentID(owner)
    return Place(page, x.value, y.value, size, mark)


def _put(copy: pikepdf.Pdf, form: pikepdf.Object, place: Place, written: Place) -> None:
    page = copy.pages[place.page]
    scale = place.size / SIZE
    x = place.x - written.x * scale
    y = place.y - written.y * scale
    wide, high = (em * place.size for em in _DOTS)
    low = place.y - high / 2
    white = f"q 1 g {place.x:.3f} {low:.3f} {wide:.3f} {high:.3f} re f Q"
    name = page.add_resource(form, Name.XObject, Name.Batch, replace_existing=True)
    drawn = f"q {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm {name} Do Q"
    if "/StructParents" in page.obj:
        white = f"/Artifact BMC {white} EMC"
        drawn = f"/Span <</MCID {_tag(copy, page, place)}>> BDC {drawn} EMC"
    # What stands there may leave another scale behind.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ\n{white}\n{drawn}\n".encode())


def _tag(copy: pikepdf.Pdf, page: pikepdf.Page, place: Place) -> int:
    """The number's own tag, read after the dots; returns how the page calls it."""
    numbers = list(copy.Root.StructTreeRoot.ParentTree.Nums)
    elements = dict(zip(numbers[::2], numbers[1::2], strict=True))[
        page.obj.StructParents
    ]
    beside = elements[place.mark]
    mark = len(elements)
    element = copy.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Span, P=beside.P, Pg=page.obj, K=mark)
    )
    elements.append(element)
    kids = beside.P.K
    if not isinstance(kids, Array):
        beside.P.K = kids = Array([kids])
    order = [kid.objgen if isinstance(kid, Dictionary) else None for kid in kids]
    kids.insert(order.index(beside.objgen) + 1, element)
    return mark
