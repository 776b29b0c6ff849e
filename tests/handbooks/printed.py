"""The words of a printed edition, read back, beside those of its source."""

import io
import re
import unicodedata
from html.parser import HTMLParser

import pikepdf
import pypdfium2

from handbooks.printing.dressing import PARTS

MM = 72 / 25.4
# Above and below it stand running heads and page numbers, in millimetres.
OUTSIDE = {"book": (13.5, 12.2), "leaflet": (9, 12), "poster": (0, 0), "card": (0, 0)}
# Formats with another head and foot than the first one of their kind.
OUTSIDE_OF = {"a4": (19.3, 17), "large": (18, 18)}

_LEADER = re.compile(r"(?: \.){4,}")
_SPACE = re.compile(r"\s+")
_VOID = {"img", "br", "meta", "hr"}


def outside(kind: str, form: str) -> tuple[float, float]:
    other = {} if kind == "poster" else OUTSIDE_OF
    return other.get(form, OUTSIDE[kind])


def tight(text: str) -> str:
    """Letters and signs without their spaces: where a line ends is no part of the words."""
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    return unicodedata.normalize("NFC", _SPACE.sub("", text))


def pages_of(content: bytes, kind: str, margins=None) -> list[str]:
    """What each page says between its head and its foot, in the order it is written."""
    above, below = margins or OUTSIDE[kind]
    document = pypdfium2.PdfDocument(content)
    found = []
    for page in document:
        wide, high = page.get_size()
        text = page.get_textpage().get_text_bounded(
            0, below * MM, wide, high - above * MM
        )
        found.append(text)
    document.close()
    return found


def printed_words(content: bytes, kind: str, margins=None) -> str:
    return tight(_LEADER.sub("", "\n".join(pages_of(content, kind, margins))))


def places(content: bytes) -> dict[str, int]:
    """On which page each address within the document is."""
    with pikepdf.open(io.BytesIO(content)) as document:
        numbers = {page.obj.objgen: page.index + 1 for page in document.pages}
        names = list(document.Root.Names.Dests.Names)
        return {
            str(name): numbers[place[0].objgen]
            for name, place in zip(names[::2], names[1::2], strict=True)
        }


class _Source(HTMLParser):
    """The words that a document's HTML should print, with the marks of its lists."""

    def __init__(self, places: dict[str, int], page: str):
        super().__init__()
        self.places, self.page = places, page
        self.open: list[tuple[str, str, str]] = []  # tag, class, href
        self.counts: list[int] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in _VOID:
            return
        if tag in {"ol", "ul"}:
            self.counts.append(0)
        if tag == "li":
            self.counts[-1] += 1
            self.words.append(self._mark())
        name, href = attributes.get("class", ""), attributes.get("href", "")
        self.open.append((tag, name, href))

    def handle_endtag(self, tag):
        opened, name, href = self.open.pop()
        assert opened == tag, (opened, tag)
        if tag in {"ol", "ul"}:
            self.counts.pop()
        if tag == "a" and href.startswith("#"):
            number = self.places[href[1:]]
            shown = f"({self.page}{number})" if name == "see" else str(number)
            self.words.append(shown)

    def handle_data(self, data):
        if not {"style", "title"} & {tag for tag, _, _ in self.open}:
            self.words.append(data)

    def _mark(self) -> str:
        lists = [entry for entry in self.open if entry[0] in {"ol", "ul"}]
        tag, name, _ = lists[-1]
        parent = self.open[self.open.index(lists[-1]) - 1][1]
        if name == "phones" or parent in {"contents", "ticks"}:
            return ""
        if tag == "ul":
            return "•"
        return str(self.counts[-1]) if parent == "steps" else f"{self.counts[-1]}."


def source_words(html: str, *, places: dict[str, int], page: str) -> str:
    reader = _Source(places, page)
    reader.feed(html)
    return tight("".join(reader.words))


def without_what_was_added(html: str) -> str:
    """A dressed document without the words that the frozen one does not have."""
    return re.sub(r'<p class="[a-z]+ added">.*?</p>', "", html)


def shown_parts(frozen: str, kind: str) -> str:
    """Of a frozen document what its kind prints, cut out without the printer's help."""
    marks = {
        "cover": ('<header class="cover">', '<section class="imprint">'),
        "imprint": ('<section class="imprint">', '<nav class="contents"'),
        "contents": ('<nav class="contents"', '<section class="section"'),
        "sections": ('<section class="section"', '<footer class="back">'),
        "back": ('<footer class="back">', "</body>"),
    }
    parts = []
    for name in PARTS[kind]:
        first, after = marks[name]
        parts.append(frozen[frozen.index(first) : frozen.index(after)])
    return "".join(parts)


def cut(html: str, slugs: tuple[str, ...]) -> str:
    """A frozen book of a few sections, without the links to all others."""
    head, *sections = html.split('<section class="section"')
    sections[-1], back = sections[-1].split('<footer class="back">')
    kept = [
        one for one in sections if one.startswith(tuple(f' id="{s}"' for s in slugs))
    ]
    body = "".join(f'<section class="section"{one}' for one in kept)
    return without_dead_links(f'{head}{body}<footer class="back">{back}')


def without_dead_links(html: str) -> str:
    for slug in re.findall(r'href="#([^"]+)"', html):
        if f'id="{slug}"' not in html:
            link = rf'(<li>)?<a[^>]*href="#{slug}">(.*?)</a>(</li>)?'
            html = re.sub(link, "", html)
    return html
