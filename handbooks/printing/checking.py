"""What every PDF of ours has to be, asked of its bytes: readable by ear, whole, our own."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

# Heavy: making.py imports this module when something is printed, not before.
import pikepdf  # noqa: TID253
from pikepdf import Dictionary, Name  # noqa: TID253

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
            problems += [*_of_marks(document), *_of_tags(document)]
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
    kinds = set()
    for element in _elements(tree):
        kinds.add(str(element.get("/S", "")))
        if (
            element.get("/S") == Name.Figure
            and not str(element.get("/Alt", "")).strip()
        ):
            yield "A picture has no description."
    for needed in ("/H1", "/P"):
        if needed not in kinds:
            yield f"There is no tag {needed[1:]}."


def _elements(tree: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All elements of the tree of tags; a loop ends."""
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
        waiting += [kid for kid in kids if isinstance(kid, Dictionary)]


def _of_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in document.objects:
        is_font = isinstance(font, Dictionary) and font.get("/Type") == Name.Font
        if is_font and not _is_embedded(font):
            yield f"The font {font.get('/BaseFont', 'without name')} is not in it."


def _is_embedded(font: pikepdf.Object) -> bool:
    match str(font.get("/Subtype", "")):
        case "/Type0":
            return all(
                _is_embedded(inner) for inner in font.get("/DescendantFonts", [])
            )
        case "/Type3":  # its letters are drawings within it
            return "/CharProcs" in font
    return any(name in font.get("/FontDescriptor", Dictionary()) for name in _FILES)
