"""A frozen edition dressed for one format: its parts in their order, a style in its head.

Nothing of the text is touched. What stands here besides it (the place for a batch number,
the address in words) has the class `added`.
"""

import datetime as dt
import re

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

# Which parts of the frozen document a kind shows, in its order.
PARTS = {
    "book": ("cover", "imprint", "contents", "sections", "back"),
    "leaflet": ("cover", "sections", "imprint", "back"),
    "poster": ("cover", "sections", "imprint", "back"),
    "card": ("sections", "back"),
}
# Dots of a kind that no text of ours has: found again in the PDF, whatever the language.
BATCH_PLACE = "‥" * 11
# Books with a drawing of their own on the cover; others show the first.
COVERS = ("workers", "landlords", "inspectors")
# Books of many short sections: one a page. In the others each has a spread of its own.
DENSE = ("landlords",)
_PARTS = {
    "cover": re.compile(r'<header class="cover">.*?</header>', re.DOTALL),
    "imprint": re.compile(r'<section class="imprint">.*?</section>', re.DOTALL),
    "contents": re.compile(r'<nav class="contents".*?</nav>', re.DOTALL),
    "sections": re.compile(
        r'<section class="section".*(?=<footer class="back">)', re.S
    ),
    "back": re.compile(r'<footer class="back">.*?</footer>', re.DOTALL),
}
_HEAD = re.compile(
    r"(<!DOCTYPE html>\s*<html lang=\"([a-z-]+)\">.*?)</head>", re.DOTALL
)
_BODY = re.compile(r'<body class="([a-z]+)" id="([a-z-]+)">')
# What says nothing to who cannot see it is no picture of the document but its decoration.
_DECORATION = re.compile(r'<img class="(sign|pictogram|logo)" src="([^"]+)" alt="">')
_ADDRESS = re.compile(r'https?://[^\s"<>]+/handbooks/check/[A-Z0-9-]+/')


class NotFrozen(Exception):
    """The HTML is not what handbooks/print/book.html makes."""


def dressed(html: str, *, style: str, day: dt.date) -> str:
    head, body = _HEAD.search(html), _BODY.search(html)
    if head is None or body is None:
        raise NotFrozen("There is no head or no body of ours.")
    kind, book = body[1], body[2]
    with override(head[2]):
        css = _css(style, kind, book)
        parts = without_silent_pictures(_parts(html, kind, day))
    dates = "".join(
        f'<meta name="dcterms.{name}" content="{day.isoformat()}">'
        for name in ("created", "modified")
    )
    return (
        f"{head[1]}{dates}\n<style>\n{css}</style>\n</head>\n{body[0]}\n{parts}\n"
        "</body>\n</html>\n"
    )


def _css(style: str, kind: str, book: str) -> str:
    context = {
        "cover": book if book in COVERS else COVERS[0],
        "kind": kind,
        "is_dense": book in DENSE,
        "notes": _("Notes"),
        "page": _("p."),
    }
    return render_to_string(f"handbooks/print/{style}", context)


def _parts(html: str, kind: str, day: dt.date) -> str:
    """With what is added at the end of the imprint and of the back."""
    context = {
        "day": day,
        "kind": kind,
        "address": shown_address(html),
        "batch_place": BATCH_PLACE,
    }
    imprint, back = (
        render_to_string(f"handbooks/print/_added_{name}.html", context)
        for name in ("imprint", "back")
    )
    parts = "\n".join(_part(html, name) for name in PARTS[kind])
    parts = parts.replace("</footer>", f"{back}</footer>")
    return re.sub(
        r'(<section class="imprint">.*?)(</section>)',
        lambda found: found[1] + imprint + found[2],
        parts,
        flags=re.DOTALL,
    )


def without_silent_pictures(html: str) -> str:
    """Decorations as backgrounds: a tagged document takes every <img> for a figure."""
    return _DECORATION.sub(
        r'<span class="\1" style="background-image:url(\2)"></span>', html
    )


def _part(html: str, name: str) -> str:
    found = _PARTS[name].search(html)
    if found is None:
        raise NotFrozen(f"There is no {name}.")
    return found[0]


def check_address(html: str) -> str:
    """What the square on the back leads to: the address that the edition was frozen with."""
    found = _ADDRESS.search(html)
    if found is None:
        raise NotFrozen("There is no address to check a copy.")
    return found[0]


def shown_address(html: str) -> str:
    """As somebody types it."""
    return check_address(html).partition("://")[2].rstrip("/")
