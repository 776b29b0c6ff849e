"""What every PDF of ours has to be, asked of its bytes: readable by ear, whole, our own."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Heavy: making.py imports this module when something is printed, not before.
import pikepdf  # noqa: TID253
from pikepdf import Dictionary, Name  # noqa: TID253

_HEADING = re.compile("/H[1-6]$")
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Report:
    pages: int
    problems: tuple[str, ...]


def look_over(content: bytes, *, is_tagged: bool = True) -> Report:
    """What is wrong with a PDF, in words for us.

    Imposed sheets are for a printing machine: of them no tags and bookmarks are asked.
    """
    with pikepdf.open(io.BytesIO(content)) as document:
        problems = [*_of_language(document), *_of_fonts(document)]
        if is_tagged:
            problems += [
                *_of_marks(document),
                *_of_tags(document),
                *_of_links(document),
            ]
        return Report(len(document.pages), tuple(problems))


def _of_language(document: pikepdf.Pdf) -> Iterator[str]:
    if not str(document.Root.get("/Lang", "")):
        yield "It does not say its language."
    if not str(document.docinfo.get("/Title", "")):
        yield "It has no title."
    preferences = document.Root.get("/ViewerPreferences", Dictionary())
    if not preferences.get("/DisplayDocTitle", False):
        yield "A reader would show its file name in place of its title."


def _of_marks(document: pikepdf.Pdf) -> Iterator[str]:
    if not document.Root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "It is not marked as tagged."
    if not document.Root.get("/Outlines", Dictionary()).get("/First", None):
        yield "It has no bookmarks."
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "It does not say that it is PDF/UA-1."
        if not metadata.get("dc:title"):
            yield "Its metadata have no title."


def _of_tags(document: pikepdf.Pdf) -> Iterator[str]:
    tree = document.Root.get("/StructTreeRoot")
    if tree is None:
        yield "It has no tags."
        return
    for page in document.pages:
        if "/StructParents" not in page.obj:
            yield f"Page {page.index + 1} is not in the tree of tags."
    elements = list(_elements(tree))
    for element in elements:
        yield from _of_element(element)
    kinds = [str(element.get("/S", "")) for element in elements]
    if "/P" not in kinds:
        yield "There is no tag P."
    yield from _of_headings([int(kind[2:]) for kind in kinds if _HEADING.match(kind)])


def _of_element(element: pikepdf.Object) -> Iterator[str]:
    kind = element.get("/S")
    if kind == Name.Figure and not str(element.get("/Alt", "")).strip():
        yield "A picture has no description."
    if kind == Name.TD and not _has_heading(element):
        yield "A cell of a table does not say what its headings are."


def _of_headings(levels: list[int]) -> Iterator[str]:
    if 1 not in levels:
        yield "There is no tag H1."
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"A heading H{level} comes after an H{before}."


def _has_heading(cell: pikepdf.Object) -> bool:
    said = cell.get("/A", Dictionary())
    said = said if isinstance(said, pikepdf.Array) else [said]
    return any(len(one.get("/Headers", [])) for one in said)


def _of_links(document: pikepdf.Pdf) -> Iterator[str]:
    """Each can be heard, is in the tree of tags and reached by key in its order."""
    for page in document.pages:
        links = [
            one
            for one in page.obj.get("/Annots", [])
            if one.get("/Subtype") == Name.Link
        ]
        number = page.index + 1
        if not all(str(one.get("/Contents", "")).strip() for one in links):
            yield f"Page {number} has a link without words."
        if not all("/StructParent" in one for one in links):
            yield f"Page {number} has a link that is not in the tree of tags."
        if links and page.obj.get("/Tabs") != Name.S:
            yield f"Page {number} has links without an order for the keyboard."


def _elements(tree: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All elements of the tree of tags as they are read; a loop ends."""
    waiting, seen = [tree], set()
    while waiting:
        element = waiting.pop()
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, Dictionary)]


def _of_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in document.objects:
        is_font = isinstance(font, Dictionary) and font.get("/Type") == Name.Font
        if is_font and not _is_embedded(font):
            yield f"The font {font.get('/BaseFont', 'without name')} is not in it."
        if is_font and _is_silent(font):
            yield f"The font {font.get('/BaseFont', 'without name')} says no letters."


def _is_silent(font: pikepdf.Object) -> bool:
    return font.get("/Subtype") == Name.Type0 and "/ToUnicode" not in font


def _is_embedded(font: pikepdf.Object) -> bool:
    match str(font.get("/Subtype", "")):
        case "/Type0":
            return all(
                _is_embedded(inner) for inner in font.get("/DescendantFonts", [])
            )
        case "/Type3":  # its letters are drawings within it
            return "/CharProcs" in font
    return any(name in font.get("/FontDescriptor", Dictionary()) for name in _FILES)
