import datetime as dt
import hashlib
import io
import threading
import unicodedata

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.db import connection

from certificates import keys, pdf
from certificates.actions import decide, make_print
from certificates.models import Certificate, Print
from core import clock, codes, jobs
from tests.certificates.factories import (
    CertificateFactory,
    RoomResultFactory,
    reviewer,
)

A5, A4 = (148, 210), (210, 297)
FORMS = [("a5", A5), ("a4", A4)]


@pytest.fixture
def certificate(db):
    result = RoomResultFactory(
        submission__visited_at=clock.now() - dt.timedelta(days=2)
    )
    decide(
        submission=result.submission,
        room=result.room,
        outcome="certify",
        by=reviewer(result.room.house),
    )
    return Certificate.objects.get()


@pytest.fixture
def printed(certificate):
    return {form: pdf.made(certificate, form) for form, _size in FORMS}


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(unicodedata.normalize("NFC", " ".join(pages)).split())


def pictures_of(content, scale=3):
    with pypdfium2.PdfDocument(content) as document:
        return [page.render(scale=scale).to_pil() for page in document]


@pytest.mark.parametrize(("form", "size"), FORMS)
def test_printed_page_has_its_size(printed, form, size):
    with pikepdf.open(io.BytesIO(printed[form])) as document:
        sizes = [
            tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
            for page in document.pages
        ]

    assert set(sizes) == {size}


def test_door_certificate_is_one_page(printed):
    assert len(pictures_of(printed["a5"], scale=1)) == 1


ON_THE_DOOR = [
    "registry issuer title room place commune house valid until seen promise",
    "check compare issued",
]


@pytest.mark.parametrize("form", ["a5", "a4"])
def test_text_of_the_pdf_is_the_frozen_words(certificate, printed, form):
    text = text_of(printed[form])

    words = certificate.words["vi"]
    missing = [
        words[name]
        for name in " ".join(ON_THE_DOOR).split()
        # Capitals are the style's; a PDF holds what is drawn.
        if words[name].upper() not in text.upper()
    ]
    assert missing == []
    assert codes.shown(certificate.code) in text
    assert certificate.words["en"]["title"] in text


def test_sheet_tells_every_section(certificate, printed):
    text = text_of(printed["a4"])

    assert [
        section["name"] in text for section in certificate.words["vi"]["sections"]
    ] == [True, True]
    assert certificate.words["vi"]["nothing_unseen"] in text


@pytest.mark.parametrize("form", ["a5", "a4"])
def test_qr_code_is_the_address_of_the_certificate(
    certificate, printed, form, settings
):
    found = [
        code.text
        for picture in pictures_of(printed[form])
        for code in zxingcpp.read_barcodes(picture)
    ]

    assert f"{settings.SITE_URL}/c/{certificate.code}/" in found
    assert len(found) == {"a5": 1, "a4": 2}[form]


def test_second_code_of_the_sheet_verifies_without_a_network(certificate, printed):
    (signed,) = (
        code.text
        for picture in pictures_of(printed["a4"], scale=4)
        for code in zxingcpp.read_barcodes(picture)
        if code.text.startswith("SR1.")
    )

    assert keys.verify(signed, on=clock.today()).code == certificate.code


def elements(node):
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.mark.parametrize("form", ["a5", "a4"])
def test_pdf_can_be_read_aloud(certificate, printed, form):
    with pikepdf.open(io.BytesIO(printed[form])) as document:
        root = document.Root
        tags = list(elements(root.StructTreeRoot.K))
        figures = [tag for tag in tags if str(tag.S) == "/Figure"]
        headers = [tag for tag in tags if str(tag.S) == "/TH"]
        cells = [tag for tag in tags if str(tag.S) == "/TD"]
        with document.open_metadata() as data:
            title = data["dc:title"]
            part = data["pdfuaid:part"]
        with document.open_outline() as outline:
            bookmarks = len(outline.root)

        assert str(root.Lang) == "vi"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert (part, bookmarks > 0) == ("1", True)
        assert certificate.number in title
        assert [str(f.Alt).startswith("QR: ") for f in figures] == [True] * len(figures)
        assert len(figures) == {"a5": 1, "a4": 2}[form]
        assert all("/ID" in header for header in headers)
        assert all("/Headers" in cell.A for cell in cells)


@pytest.mark.parametrize("form", ["a5", "a4"])
def test_fonts_are_ours_and_inside(printed, form):
    with pikepdf.open(io.BytesIO(printed[form])) as document:
        fonts = [
            font.DescendantFonts[0]
            for page in document.pages
            for font in page.resources.Font.values()
        ]
        names = {str(font.BaseFont).partition("+")[2].split("-")[0] for font in fonts}
        embedded = [
            any(key in font.FontDescriptor for key in ("/FontFile2", "/FontFile3"))
            for font in fonts
        ]

    assert names == {"Andika", "Inter"}
    assert all(embedded)


def test_longest_names_still_fit_on_one_page(certificate):
    words = certificate.words
    words["conditional"] = True
    for language in ("vi", "en"):
        words[language] |= {
            "room": "Phòng Dãy nhà sau tầng 10 ",
            "place": " ".join(["Đường Nguyễn Thị Minh Khai"] * 9),
            "condition": "Có điều kiện: chủ nhà còn chỗ phải sửa, sẽ có người đến xem lại.",
            "women": "Đạt mọi tiêu chí về riêng tư và an toàn của phụ nữ",
            "unseen": "Chưa xem được 12 tiêu chí.",
            "by_photo": "3 chỗ sửa được xem qua ảnh.",
        }
    words["women_mark"] = True

    assert len(pictures_of(pdf.made(certificate, "a5"), scale=1)) == 1


def test_reprint_is_the_same_bytes_whatever_changes(certificate, settings):
    first = make_print(certificate=certificate, form="a5")
    settings.SITE_URL = "https://elsewhere.example"

    again = make_print(certificate=certificate, form="a5")

    assert again == first
    with again.file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == first.sha256
    assert Print.objects.count() == 1


def test_both_forms_are_made_by_the_job_that_the_decision_asked_for(certificate):
    assert jobs.run_waiting() == 1

    assert sorted(certificate.prints.values_list("format", flat=True)) == ["a4", "a5"]


@pytest.mark.django_db(transaction=True)
def test_three_at_once_get_one_print(monkeypatch):
    certificate = CertificateFactory()
    made = []

    def draw(certificate, form):
        made.append(form)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "made", draw)
    got = []

    def ask():
        try:
            got.append(make_print(certificate=certificate, form="a5").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == ["a5"]
    assert len(set(got)) == 1
    assert len(got) == 3
