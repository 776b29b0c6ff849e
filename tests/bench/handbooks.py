"""A handbook of 60 pages and 40 pictures: its printing beside WeasyPrint alone, its serving.

All formats of all shipped books are made too, and each one's words held to its source.
"""

# ruff: noqa: PLC0415 -- what needs Django is imported once it is set up.

import argparse
import dataclasses
import datetime as dt
import io
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

DAY = dt.date(2026, 11, 22)
PICTURES, SECTIONS = 40, 26
MOST_RATIO, MOST_MEMORY, MOST_BOOKLET, LEAST_TIMES = 1.15, 150, 0.5, 5
MOST_PREVIEW = 0.5


def volume_of(book: str, language: str):
    from handbooks.models import Volume

    volumes = Volume.objects.select_related("handbook")
    return volumes.get(handbook=book, language=language)


def order_of(book: str, language: str):
    from tests.handbooks.test_printed_words import order_of

    return order_of(volume_of(book, language))


def sixty_pages():
    """Sections of the workers' handbook with 40 pictures, half of them photos."""
    from tests.handbooks.printed import without_dead_links

    order = order_of("workers", "vi")
    head, *sections = order.html.split('<section class="section"')
    sections[-1], back = sections[-1].split('<footer class="back">')
    kept = [re.sub(r"<figure.*?</figure>", "", one) for one in sections[:SECTIONS]]
    pictures = {f"picture-{n}": photo(n) for n in range(PICTURES // 2)}
    drawn = sorted(order.pictures)
    names = [
        drawn[n % len(drawn)] if n % 2 else f"picture-{n // 2}" for n in range(PICTURES)
    ]
    figures = [
        f'<figure class="picture"><img class="drawing" src="given:{name}" alt="Hình">'
        "</figure>"
        for name in names
    ]
    body = ""
    for number, section in enumerate(kept):
        own = "".join(figures[number * 2 : number * 2 + 2])
        body += '<section class="section"' + section.replace(
            "</header>", f"</header>{own}", 1
        )
    html = without_dead_links(f'{head}{body}<footer class="back">{back}')
    return dataclasses.replace(
        order, html=html, pictures={**order.pictures, **pictures}
    )


def photo(seed: int) -> bytes:
    from PIL import Image

    noise = Image.effect_noise((400, 300), 20 + seed).resize((1600, 1200))
    target = io.BytesIO()
    noise.convert("RGB").save(target, "JPEG", quality=80)
    return target.getvalue()


def ours(order, press) -> bytes:
    from handbooks import printing

    content, _pages = printing.made(order, "a5", {}, press.render)
    return content


def seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def printing_beside_weasyprint(times: int) -> int:
    """Both from the start of a process to a file of 60 pages; then both once warm."""
    from core.press import Press
    from handbooks.printing.imposing import booklet

    order, us, them, peaks = sixty_pages(), [], [], []
    with tempfile.NamedTemporaryFile(suffix=".document") as file:
        file.write(pickle.dumps(document_of(order)))
        file.flush()
        module = ["-W", "ignore", "-m", __spec__.name, "--alone", file.name]
        alone = [sys.executable, *module]
        for _ in range(times):
            them.append(seconds(lambda: subprocess.run(alone, check=True)))
            with Press() as press:
                began = time.perf_counter()
                content = ours(order, press)
                us.append(time.perf_counter() - began)
                peaks.append(most_memory(press.pid))
                again = seconds(lambda: ours(order, press))
    print(f"{pages_in(content)} pages, {PICTURES} pictures, {len(content) >> 10} kB")
    print(f"WeasyPrint alone {statistics.median(them):.2f} s; ours again {again:.2f} s")
    ratio = statistics.median(us) / statistics.median(them)
    folded = seconds(lambda: booklet(content, "x", "vi"))
    return sum(
        [
            _told("ours / WeasyPrint alone", ratio, MOST_RATIO, "x"),
            _told("peak memory of the press", max(peaks), MOST_MEMORY, "MB"),
            _told("booklet on top", folded, MOST_BOOKLET, "s"),
        ]
    )


def pages_in(content: bytes) -> int:
    from handbooks.printing.checking import look_over

    return look_over(content).pages


def document_of(order) -> tuple[str, dict[str, bytes]]:
    """What WeasyPrint is given: HTML with its style, and its pictures."""
    from handbooks.printing.dressing import dressed
    from handbooks.printing.making import _given

    html = dressed(order.html, style="_book_a5.css", day=order.day)
    return html, _given(order, html)


def print_alone(path: str) -> None:
    """The same document by WeasyPrint, with nothing of ours around it."""
    from core import pdf

    html, pictures = pickle.loads(Path(path).read_bytes())
    weasyprint = pdf.get_ready()
    document = weasyprint.HTML(string=html, url_fetcher=pdf._fetcher(pictures))
    document.write_pdf(pdf_variant="pdf/ua-1")


def most_memory(process: int | str) -> int:
    """Megabytes. What getrusage tells begins with the process that started this one."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def previewing() -> int:
    """Each section of the workers' handbook with another word in it, as a printed page."""
    from handbooks.models import Revision

    volume = volume_of("workers", "vi")
    texts = Revision.objects.current().filter(
        section__handbook="workers", language="vi"
    )
    sections = [_preview_of(volume, text) for text in texts.select_related("section")]
    print(f"the median of {len(sections)} sections {statistics.median(sections):.2f} s")
    return _told("slowest section's preview as print", max(sections), MOST_PREVIEW, "s")


def _preview_of(volume, text) -> float:
    """Seconds: the median of three, so that it tells of the section, not of the machine."""
    from handbooks import previews

    def preview() -> None:
        previews.on_paper(
            volume,
            text.section,
            title=text.title,
            summary=text.summary,
            body=f"{text.body}\nThêm một câu.\n",
        )

    return statistics.median(seconds(preview) for _ in range(3))


def serving() -> int:
    """From a ready copy, beside the same page read with its queries and its template."""
    from django.test import RequestFactory
    from django.utils.translation import override

    from handbooks.views import files, reading

    factory = RequestFactory()
    _publish()
    with override("vi"):
        page = factory.get("/handbooks/workers/way-out/")
        asked = factory.get("/handbooks/workers.pdf")
        etag = files.printed(asked, "workers")["ETag"]
        again = factory.get("/handbooks/workers.pdf", headers={"If-None-Match": etag})
        read = _rate(lambda: _bare(reading.section)(page, "workers", "way-out"))
        ready = _rate(lambda: reading.section(page, "workers", "way-out"))
        known = _rate(lambda: files.printed(again, "workers"))
        whole = _rate(lambda: list(files.printed(asked, "workers").streaming_content))
    print(f"read and rendered {read:.0f}/s; a PDF in whole {whole:.0f}/s")
    return sum(
        [
            _told_least("section page from a ready copy", ready / read),
            _told_least("PDF that the reader has (304)", known / read),
        ]
    )


def _bare(view):
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def _rate(act, lasting: float = 2.0) -> float:
    act()
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < lasting:
        act()
        count += 1
    return count / (time.perf_counter() - began)


def _publish() -> None:
    from handbooks import actions
    from handbooks.models import Edition
    from tests.handbooks.factories import publish

    edition = Edition.objects.current().filter(volume=volume_of("workers", "vi"))
    edition = edition.first() or publish(volume_of("workers", "vi"))
    actions.print_edition(edition=edition)


def every_format() -> int:
    """The words of every tagged format of every book; and that each can be made."""
    from django.utils.translation import gettext, override

    from handbooks import printing
    from handbooks.models import Volume
    from handbooks.printing.dressing import dressed
    from tests.handbooks import printed

    wrong = 0
    for volume in Volume.objects.shelf():
        order, made = order_of(volume.handbook_id, volume.language_id), {}
        for name, form in printing.FORMATS[order.kind].items():
            made[name], pages = printing.made(order, name, made)
            verdict = "made"
            if form.style.endswith(".css"):
                html = dressed(order.html, style=form.style, day=order.day)
                with override(order.language):
                    page = gettext("p.")
                where = printed.places(made[name]) if order.kind == "book" else {}
                source = printed.source_words(html, places=where, page=page)
                outside = printed.outside(order.kind, name)
                told = printed.printed_words(made[name], order.kind, outside)
                verdict = "every word" if told == source else "WORDS DIFFER"
                wrong += told != source
            print(f"{order.code:16} {name:13} {pages:4} pages  {verdict}")
    return wrong


def _told(what: str, value: float, most: float, unit: str) -> int:
    verdict = "ok" if value <= most else "MISSED"
    print(f"{what:40} {value:7.2f} {unit:3} (most {most})  {verdict}")
    return int(value > most)


def _told_least(what: str, times: float) -> int:
    verdict = "ok" if times >= LEAST_TIMES else "MISSED"
    print(f"{what:40} {times:7.1f} x   (least {LEAST_TIMES})  {verdict}")
    return int(times < LEAST_TIMES)


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench handbooks", description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--formats", action="store_true", help="every format as well")
    asked = parser.parse_args()
    if asked.alone:
        print_alone(asked.alone)
        return 0
    django.setup()
    from handbooks import actions

    actions.load_shipped()
    missed = printing_beside_weasyprint(asked.times)
    missed += previewing() + serving()
    return missed + (every_format() if asked.formats else 0)


if __name__ == "__main__":
    raise SystemExit(main())
