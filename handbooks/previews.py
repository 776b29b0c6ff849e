"""A text that is being written, as its readers will see it: on a phone and on paper."""

import base64
import functools
import io
import threading
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from core import clock, icons, pdf
from handbooks import facts, markup
from handbooks.models import Section, Volume
from handbooks.printing import FORMATS, without_silent_pictures

MOST_PAGES = 4  # a section that needs more is too long anyway
DOTS_A_POINT = 1.5


@dataclass(frozen=True)
class Preview:
    html: SafeString
    problems: list[markup.Problem]


@functools.cache
def warm_up() -> None:
    """Bring the printing program into this process, beside what it does; once.

    The first printing takes seconds: it reads the program and the fonts. It is begun when
    an editor opens a text, not when the server starts: a process in which nobody edits
    goes without those 60 MB.
    """
    if not pdf.missing_fonts():
        html = "<html lang=vi><title>-</title><style>@page{size:A5}</style><p>-"
        printing = threading.Thread(target=lambda: _picture(pdf.render(html)))
        printing.daemon = True  # a server that ends does not wait for it
        printing.start()


def on_the_web(volume: Volume, section: Section, body: str) -> Preview:
    document, known = _read(volume, body)
    written = markup.write(
        document, known.for_web(), book=volume.handbook_id, slug=section.slug
    )
    # Made by our markup, which escapes whatever was typed.
    return Preview(mark_safe(written.html), written.problems)  # noqa: S308


def on_paper(
    volume: Volume, section: Section, *, title: str, summary: str, body: str
) -> bytes:
    """A PNG of the section's pages side by side, in the form of its kind of handbook."""
    document, known = _read(volume, body)
    book = volume.handbook_id
    # The other sections are not on these pages: links to them lead to the web.
    written = markup.write(document, known.for_print(""), book=book, slug=section.slug)
    context = {
        "volume": volume,
        "kind": volume.handbook.kind,
        "title": title,
        "summary": summary,
        "icon": section.pictogram if section.pictogram in icons.names() else "",
        "text": mark_safe(written.html),  # noqa: S308 as above
    }
    with override(volume.language_id):
        context["style"] = _style(volume)
        html = render_to_string("handbooks/print/preview.html", context)
    html = without_silent_pictures(html)
    return _picture(pdf.render(html, pictures=facts.given_pictures(html)))


def _style(volume: Volume) -> SafeString:
    """That of the first form in which its kind is printed."""
    kind = volume.handbook.kind
    form = next(iter(FORMATS[kind].values()))
    context = {"cover": volume.handbook_id, "kind": kind}
    # A style sheet of ours: nothing in it was typed.
    return mark_safe(render_to_string(f"handbooks/print/{form.style}", context))  # noqa: S308


def as_data(png: bytes) -> str:
    """An address that holds the picture itself, for a page without a script."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _read(volume: Volume, body: str) -> tuple[markup.Document, facts.Known]:
    document = markup.read(body)
    language, day = volume.language_id, clock.today()
    return document, facts.known([document.needs], language=language, day=day)


def _picture(content: bytes) -> bytes:
    # Both are large: only where something is shown.
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(content) as document:
        count = min(len(document), MOST_PAGES)
        pages = []
        for number in range(count):
            page = document[number]
            pages.append(page.render(scale=DOTS_A_POINT).to_pil())
            page.close()
    wide = sum(page.width for page in pages)
    sheet = Image.new("RGB", (wide, max(page.height for page in pages)), "white")
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width
    file = io.BytesIO()
    sheet.save(file, "PNG", compress_level=1)
    return file.getvalue()
