"""One format of an edition, made and looked over before anybody may have it."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from core import pdf
from handbooks.printing.dressing import check_address, dressed
from handbooks.printing.formats import FORMATS, INSTRUCTIONS

DRAWINGS = Path(__file__).parent / "drawings"
_GIVEN = re.compile(r"given:(own-[a-z0-9-]+)")


class Unfit(Exception):
    """What was made is not what anybody should print."""


@dataclass(frozen=True)
class Order:
    """What is printed. `day` is the day of publishing: it is the date of the files."""

    html: str
    kind: str
    language: str
    title: str
    code: str
    day: dt.date
    pictures: Mapping[str, bytes]


def made(
    order: Order,
    name: str,
    ready: Mapping[str, bytes],
    render: Callable[..., bytes] = pdf.render,
) -> tuple[bytes, int]:
    """The PDF of a format, and its number of pages; `ready` are those made before it.

    `render` prints HTML as core.pdf.render does, in whichever process.
    """
    # They bring pikepdf: only where something is printed.
    from handbooks.printing.checking import look_over  # noqa: PLC0415
    from handbooks.printing.imposing import booklet, cards  # noqa: PLC0415

    form = FORMATS[order.kind][name]
    if form.imposed_from:
        impose = cards if order.kind == "card" else booklet
        content = impose(ready[form.imposed_from], order.title, order.language)
    elif name == INSTRUCTIONS:
        content = _instructions(order, look_over(ready["a5"]).pages, render)
    else:
        content = _printed(order, form.style, render)
    report = look_over(content, is_tagged=not form.imposed_from)
    if report.problems:
        raise Unfit(" ".join(report.problems))
    if form.pages and report.pages != form.pages:
        raise Unfit(
            f"It has {report.pages} pages and must have {form.pages}: shorten the text."
        )
    return content, report.pages


def stamped(
    content: bytes, number: str, *, kind: str, name: str, language: str
) -> bytes:
    """A published file with the batch number of a print run in it."""
    # They bring pikepdf: only where something is printed.
    from handbooks.printing.checking import look_over  # noqa: PLC0415
    from handbooks.printing.stamping import stamp  # noqa: PLC0415

    if not (made := stamp(content, number, language=language)):
        raise Unfit("It keeps no place for a batch number.")
    is_tagged = not FORMATS[kind][name].imposed_from
    if problems := look_over(made, is_tagged=is_tagged).problems:
        raise Unfit(" ".join(problems))
    return made


def _printed(order: Order, style: str, render: Callable[..., bytes]) -> bytes:
    html = dressed(order.html, style=style, day=order.day)
    return render(html, pictures=_given(order, html))


def _instructions(order: Order, pages: int, render: Callable[..., bytes]) -> bytes:
    sheets = -(-pages // 4)
    context = {
        "title": order.title,
        "language": order.language,
        "code": order.code,
        "kind": order.kind,
        "day": order.day,
        "pages": pages,
        "sheets": sheets,
    }
    with override(order.language):
        html = render_to_string("handbooks/print/instructions.html", context)
    return render(html, pictures=_given(order, html))


def _given(order: Order, html: str) -> dict[str, bytes]:
    """The pictures of the text, and ours that the style shows."""
    own = {
        name: (DRAWINGS / f"{name[4:]}.svg").read_bytes()
        for name in set(_GIVEN.findall(html))
    }
    return {**order.pictures, **own, "qr": pdf.qr(check_address(order.html))}
