"""The batch number of a print run, on the imprint of a copy of the published file."""

import hashlib
import io

import pikepdf
import pypdfium2
import pytest

from core import pdf
from core.models import Event as AuditLine
from handbooks import actions, printing
from handbooks.printing.checking import look_over
from handbooks.printing.dressing import BATCH_PLACE
from handbooks.printing.imposing import booklet, cards
from tests.handbooks.factories import make_ready, publish, volume_with
from tests.handbooks.stock_factories import PrintRunFactory

NUMBER = "K7M2-9QXT"


def book(imprint=f"Mã đợt in: {BATCH_PLACE}", size="A5"):
    style = f"@page {{ size: {size}; margin: 5mm }} body {{ font: 12pt Andika }} h1 {{ bookmark-level: 1 }}"
    style += " p { break-before: page }"
    return pdf.render(
        '<html lang="vi"><head><title>Sách</title>'
        f"<style>{style}</style></head><body><h1>Sách thử</h1>"
        f"<p>{imprint}</p><p>Trang ba.</p><p>Trang bốn.</p></body></html>"
    )


@pytest.fixture(scope="module")
def a5():
    return book()


def stamped(content, name="a5", kind="book"):
    return printing.stamped(content, NUMBER, kind=kind, name=name, language="vi")


def texts(content):
    document = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def test_number_stands_in_its_place_and_nothing_else_changes(a5):
    before, after = texts(a5), texts(stamped(a5))

    assert after[1].replace("\r\n", "").startswith(before[1].strip())
    assert after[1].count(NUMBER) == 1
    assert after[:1] + after[2:] == before[:1] + before[2:]


def test_number_is_where_the_dots_were_and_as_tall_as_the_line(a5):
    page = pypdfium2.PdfDocument(stamped(a5))[1].get_textpage()

    dots, number = (
        page.get_charbox(page.search(words).get_next()[0])
        for words in (BATCH_PLACE, NUMBER)
    )

    assert abs(dots[0] - number[0]) < 2
    assert 7 < number[3] - number[1] < 11


def test_stamped_book_is_read_aloud_in_its_order(a5):
    content = stamped(a5)

    assert look_over(content).problems == ()
    with pikepdf.open(io.BytesIO(content)) as document:
        page = document.pages[1].obj
        numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
        tags = dict(zip(numbers[::2], numbers[1::2], strict=True))[page.StructParents]
        added = tags[-1]
        read = [kid.objgen for kid in added.P.K]
    assert str(added.S) == "/Span"
    assert read[-2:] == [tags[-2].objgen, added.objgen]


def test_same_number_makes_the_same_bytes(a5):
    assert stamped(a5) == stamped(a5)


def test_folded_sheets_and_sheets_of_cards_are_stamped_too(a5):
    sheets = booklet(a5, "Sách", "vi")
    card = book(size="85.6mm 54mm")
    ten = cards(card, "Thẻ", "vi")

    assert "".join(texts(stamped(sheets, "booklet"))).count(NUMBER) == 1
    assert "".join(texts(stamped(ten, "a4", "card"))).count(NUMBER) == 10


def test_file_without_a_place_is_not_stamped():
    with pytest.raises(printing.Unfit):
        stamped(book("Không có chỗ."))


@pytest.fixture
def run(db, a5):
    edition = publish(volume_with("Lối thoát khi cháy"))
    return PrintRunFactory(source=make_ready(edition, content=a5))


def test_order_gets_a_file_of_its_own_once(run):
    actions.stamp_run(run=run)
    run.refresh_from_db()
    first = (run.sha256, run.made_at)
    actions.stamp_run(run=run)
    run.refresh_from_db()

    with run.printed.open() as file:
        content = file.read()
    assert (run.sha256, run.made_at) == first
    assert hashlib.sha256(content).hexdigest() == run.sha256
    assert run.shown_number in texts(content)[1]
    assert AuditLine.objects.filter(kind="run.stamped").count() == 1


def test_published_file_stays_as_it_is(run, a5):
    actions.stamp_run(run=run)

    with run.source.file.open() as file:
        assert file.read() == a5


def test_what_cannot_be_stamped_is_said(db):
    edition = publish(volume_with("Lối thoát khi cháy"))
    content = book("Không có chỗ.")
    run = PrintRunFactory(source=make_ready(edition, content=content))

    actions.stamp_run(run=run)

    run.refresh_from_db()
    assert run.problem == "It keeps no place for a batch number."
    assert run.made_at is None
