"""HTML to PDF/UA: the only place that imports WeasyPrint.

A document reads nothing but what it is given. Its pictures have addresses of our own:

    given:NAME           bytes that the caller handed in
    icon:NAME?RRGGBB     one of our pictograms, in a colour

Everything else (file:, http:, data:, an @import, an attachment) ends the printing: only a
mistake or an attack asks for it.
"""

import io
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from core import icons

log = logging.getLogger(__name__)

FONTS_CONF = settings.BASE_DIR / "core" / "fonts.conf"
FONT_FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
# A file of each package that fonts.conf names, so that a missing one is said in words:
# with no font at all Pango ends the process.
FONT_FILES = {
    "fonts-sil-andika": "Andika-Regular.ttf",
    "fonts-inter": "Inter-Bold.otf",
    "fonts-dejavu-core": "DejaVuSans.ttf",
}
SOME = 20  # letters named when fonts lack them


class FontsMissing(Exception):
    """Printing needs Debian packages that are not installed."""


class ForeignAddress(Exception):
    """A document asked for something that it was not given."""


class LettersMissing(Exception):
    """A document has letters that no installed font has."""


def render(
    html: str,
    *,
    pictures: Mapping[str, bytes] | None = None,
    needs_all_letters: bool = False,
) -> bytes:
    """A tagged PDF/UA-1. `html` needs `lang` and `<title>`; `pictures` are SVG or JPEG.

    A letter that no font has is an empty box, or LettersMissing.
    """
    if lacking := missing_fonts():
        raise FontsMissing(f"Install the fonts: apt-get install {' '.join(lacking)}")
    weasyprint = get_ready()
    fetcher = _fetcher(pictures or {})
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    boxes: set[str] = set()
    printed = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_finisher(boxes))
    # WeasyPrint forgives a picture that it cannot have; we do not.
    if fetcher.refused:
        raise ForeignAddress(f"A document may not read {fetcher.refused}.")
    if needs_all_letters and boxes:
        some = " ".join(sorted(boxes)[:SOME])
        raise LettersMissing(f"No installed font has these letters: {some}")
    return printed


def get_ready() -> Any:
    """WeasyPrint, which takes half a second and 30 MB to load: only where one prints."""
    # Pango reads it once, when it starts.
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    import weasyprint
    from PIL import ImageFile

    # WeasyPrint switches it on for the whole process when it is imported: half-sent photos
    # would then be taken for whole ones (core/images.py).
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def missing_fonts() -> list[str]:
    """Debian packages of fonts that are not there."""
    present = {
        file.name
        for folder in FONT_FOLDERS
        for file in folder.rglob("*.[ot]tf")
        if file.name in FONT_FILES.values()
    }
    return [package for package, file in FONT_FILES.items() if file not in present]


def qr(text: str) -> bytes:
    """A QR code as SVG, with its quiet zone. Upper-case text makes it smaller."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, omitsize=True, dark="#1b2526"
    )
    return picture.getvalue()


def _finisher(boxes: set[str]) -> Callable[[Any, Any], None]:
    """Before it is written. `boxes` hears which letters could not be drawn."""

    def finish(document: Any, made: Any) -> None:
        for font in document.fonts.values():
            boxes.update(map(chr, font.missing))
        _say_links(document)

    return finish


def _say_links(document: Any) -> None:
    """Who hears a link hears its words: WeasyPrint gives it its address to say.

    A piece of a link (its next line, a bold word) is a link of its own there, listed after
    the whole; it says the whole. A link to nowhere has nothing to say it.
    """
    words: dict[Any, str] = {}
    for page in document.pages:
        for *_, box in page.links:
            if box.element not in words:
                said = " ".join("".join(box.element.itertext()).split())
                words |= dict.fromkeys(box.element.iter(), said)
            if box.link_annotation and words[box.element]:
                box.link_annotation["Contents"].string = words[box.element]


def _fetcher(pictures: Mapping[str, bytes]) -> Any:
    from weasyprint import urls

    class Given(urls.URLFetcher):
        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> urls.URLFetcherResponse:
            try:
                body = _body(url, pictures)
            except KeyError:
                log.warning("A document asked for %r and was refused.", url[:200])
                self.refused.append(url[:200])
                raise ValueError(url[:200]) from None
            kind = "image/jpeg" if body.startswith(b"\xff\xd8") else "image/svg+xml"
            return urls.URLFetcherResponse(url, body, {"Content-Type": kind})

    return Given()


def _body(url: str, pictures: Mapping[str, bytes]) -> bytes:
    scheme, _, name = url.partition(":")
    if scheme == "icon":
        return _icon(name)
    return {"given": pictures}[scheme][name]


def _icon(name: str) -> bytes:
    name, _, colour = name.partition("?")
    if colour and not (len(colour) == 6 and colour.isalnum()):
        raise KeyError(colour)
    drawing = icons.drawing(name)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none"'
        f' stroke="#{colour or "1b2526"}" stroke-width="1.75"'
        f' stroke-linecap="round" stroke-linejoin="round">{drawing}</svg>'
    ).encode()
