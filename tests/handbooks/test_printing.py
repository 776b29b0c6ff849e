"""The files of an edition: made once, whole, the same bytes, in an order that folds."""

import dataclasses
import datetime as dt
import hashlib
import io

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.files.base import ContentFile

from core import jobs, pdf
from core.models import Event
from handbooks import actions, facts, printing
from handbooks.actions.printing import PagesTold
from handbooks.models import Handbook
from handbooks.printing.imposing import booklet, cards
from tests.handbooks.factories import (
    HandbookFactory,
    VolumeFactory,
    publish,
    rewrite,
    volume_with,
)

DAY = dt.date(2026, 11, 22)
PICTURE = "::: picture exit\nMột cánh cửa mở ra ngoài.\n:::\n"
PAGES = {"a5": 6, "a4": 6, "large": 6, "booklet": 4, "instructions": 1}


@pytest.fixture
def edition(db):
    volume = volume_with("Lối thoát khi cháy", "Khoá cửa")
    rewrite(volume, "muc-1", f"## Cửa\n\nXem [khoá](section:muc-2).\n\n{PICTURE}")
    return publish(volume)


def order_of(edition):
    return printing.Order(
        html=edition.html,
        kind=edition.volume.handbook.kind,
        language=edition.volume.language_id,
        title=edition.title,
        code=edition.code,
        day=edition.published_on,
        pictures=facts.given_pictures(edition.html),
    )


def kept(file):
    with file.file.open() as stored:
        return stored.read()


def states(edition):
    return dict(edition.files.values_list("format", "state"))


def test_published_edition_is_printed_in_every_format(edition):
    jobs.run_waiting()

    files = {file.format: file for file in edition.files.all()}
    assert {form: file.pages for form, file in files.items()} == PAGES
    assert {file.state for file in files.values()} == {"ready"}
    assert {file.progress for file in files.values()} == {100}
    for file in files.values():
        content = kept(file)
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert len(content) == file.bytes
    assert Event.objects.filter(kind="edition.printed").count() == 5


def test_page_that_is_laid_out_is_told_now_and_then(edition):
    file = edition.files.get(format="a5")
    pages = PagesTold(file)

    for page in (1, 5, 6, 1, 2, 10, 11):
        pages.told(page)

    file.refresh_from_db()
    assert (file.pages, file.progress) == (10, 20)


def test_printing_again_changes_nothing(edition):
    actions.print_edition(edition=edition)
    before = list(edition.files.values())

    actions.print_edition(edition=edition)

    assert list(edition.files.values()) == before
    assert Event.objects.filter(kind="edition.printed").count() == 5


def test_same_edition_is_the_same_bytes(edition):
    order, first, second = order_of(edition), {}, {}

    for form in printing.FORMATS["book"]:
        first[form], _ = printing.made(order, form, first)
        second[form], _ = printing.made(order, form, second)

    assert first == second


def test_what_a_killed_worker_left_is_made_anew(edition):
    content, _pages = printing.made(order_of(edition), "a5", {})
    file = edition.files.get(format="a5")
    half = f"workers-vi-1-a5-{hashlib.sha256(content).hexdigest()[:12]}.pdf"
    path = file.file.field.generate_filename(file, half)
    file.file.storage.save(path, ContentFile(content[:1000]))
    edition.files.filter(format="a5").update(state="being_made", progress=10)

    actions.print_edition(edition=edition)

    file.refresh_from_db()
    assert (file.state, file.file.name) == ("ready", path)
    assert kept(file) == content


def test_text_that_does_not_fit_is_said_and_nothing_is_kept(db):
    leaflet = HandbookFactory(slug="leaflet", kind=Handbook.Kind.LEAFLET)
    volume = volume_with("Xem phòng", volume=VolumeFactory(handbook=leaflet))
    edition = publish(volume)

    with pytest.raises(printing.Unfit):
        actions.print_edition(edition=edition)

    file = edition.files.get(format="a5")
    assert (file.state, file.file.name, file.progress) == ("failed", "", 0)
    assert file.problem == "It has 1 pages and must have 4: shorten the text."
    assert states(edition) == {
        "a5": "failed",
        "large": "ready",
        "booklet": "failed",
        "instructions": "failed",
    }


def test_withdrawn_edition_is_not_printed(edition):
    actions.withdraw(edition=edition, by=edition.approved_by, because="Giá đã đổi.")

    jobs.run_waiting()

    assert set(states(edition).values()) == {"waiting"}


def test_back_cover_leads_to_the_page_that_checks_the_copy(edition):
    content, _pages = printing.made(order_of(edition), "a5", {})

    with pypdfium2.PdfDocument(content) as document:
        back = document[len(document) - 1]
        found = zxingcpp.read_barcodes(back.render(scale=2).to_pil())
        words = back.get_textpage().get_text_bounded()
    [square] = found
    assert square.text.endswith("/handbooks/check/WORKERS-VI-1/")
    assert "WORKERS-VI-1" in words
    assert square.text.partition("://")[2].rstrip("/") in words


def test_file_says_the_day_of_publishing(edition):
    order = dataclasses.replace(order_of(edition), day=dt.date(2026, 3, 4))

    content, _pages = printing.made(order, "a5", {})

    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20260304")


def numbered(count, size="A5"):
    pages = "".join(f"<p>trang{n}.</p>" for n in range(1, count + 1))
    style = f"@page{{size:{size}}}p{{break-after:page}}p:last-child{{break-after:auto}}"
    html = f"<html lang=vi><title>x</title><style>{style}</style><body>{pages}</body>"
    return pdf.render(html)


def halves(content):
    """For each side: what stands on its left and on its right."""
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            wide, high = page.get_size()
            text = page.get_textpage()
            yield (
                text.get_text_bounded(0, 0, wide / 2, high).strip(),
                text.get_text_bounded(wide / 2, 0, wide, high).strip(),
            )


def test_booklet_folds_into_the_order_of_pages():
    sides = list(halves(booklet(numbered(8), "x", "vi")))

    assert sides == [
        ("trang8.", "trang1."),
        ("trang2.", "trang7."),
        ("trang6.", "trang3."),
        ("trang4.", "trang5."),
    ]


def test_booklet_keeps_the_back_cover_outside():
    sides = list(halves(booklet(numbered(6), "x", "vi")))

    # Pages 6 and 7 of the folded one are for notes.
    assert sides == [
        ("trang6.", "trang1."),
        ("trang2.", ""),
        ("", "trang3."),
        ("trang4.", "trang5."),
    ]


def test_sheet_of_cards_has_ten_faces_and_ten_backs():
    sheet = cards(numbered(2, "85.6mm 54mm"), "x", "vi")

    with pypdfium2.PdfDocument(sheet) as document:
        words = [page.get_textpage().get_text_bounded().split() for page in document]
    assert words == [["trang1."] * 10, ["trang2."] * 10]
