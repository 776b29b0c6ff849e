import io
import logging

import pikepdf
import pytest
from PIL import ImageFile

from core import pdf

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'


def page(body="", head=""):
    return f"<!DOCTYPE html><html lang=vi><title>Thử</title>{head}<body>{body}</body>"


def test_document_may_use_what_it_is_given_and_our_icons():
    body = '<img src="given:square" alt="ô vuông"><img src="icon:key?0b474b" alt="">'

    made = pdf.render(page(body), pictures={"square": SQUARE})

    assert made.startswith(b"%PDF-")


HOSTILE = {
    "file": '<img src="file:///etc/passwd" alt="x">',
    "file without host": '<img src="file:/etc/passwd" alt="x">',
    "loopback": '<img src="http://127.0.0.1:8000/" alt="x">',
    "network": '<img src="https://example.org/x.svg" alt="x">',
    "data": '<img src="data:image/svg+xml,%3Csvg/%3E" alt="x">',
    "unknown picture": '<img src="given:other" alt="x">',
    "unknown icon": '<img src="icon:../settings" alt="x">',
    "odd colour": '<img src="icon:key?red" alt="x">',
    "attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "linked attachment": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "style sheet": '<link rel="stylesheet" href="file:///etc/passwd">',
    "import": "<style>@import url(http://127.0.0.1/x.css);</style>",
    "font": "<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style>"
    '<p style="font-family:x">x',
    "background": '<p style="background:url(http://127.0.0.1/x.png)">x',
    "object": '<object data="file:///etc/passwd"></object>',
    "embed": '<embed src="file:///etc/passwd">',
    "picture in a drawing": '<img src="given:reads" alt="x">',
}
READS = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 9 9"><image width="9" height="9" xlink:href="file:///etc/passwd"/></svg>"""


@pytest.mark.parametrize("name", HOSTILE)
def test_document_cannot_read_anything_else(name, caplog):
    caplog.set_level(logging.WARNING, logger="core.pdf")

    with pytest.raises(pdf.ForeignAddress):
        pdf.render(page(HOSTILE[name]), pictures={"reads": READS})

    assert "and was refused" in caplog.text


def test_address_without_a_scheme_reads_nothing():
    assert pdf.render(page('<img src="/etc/passwd" alt="x">')).startswith(b"%PDF-")


def test_missing_fonts_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONT_FOLDERS", [tmp_path])
    (tmp_path / "Inter-Bold.otf").touch()

    with pytest.raises(pdf.FontsMissing) as refused:
        pdf.render(page())

    assert str(refused.value) == (
        "Install the fonts: apt-get install fonts-sil-andika fonts-dejavu-core"
    )


def test_document_is_tagged_and_says_its_language_and_title(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf.render(page("<h1>Chữa cháy</h1>")))

    with pikepdf.open(path) as document:
        assert str(document.Root.Lang) == "vi"
        assert bool(document.Root.MarkInfo.Marked)
        with document.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == "Thử"


def test_each_link_is_heard_by_its_own_words():
    site = "https://example.org/?a=1&amp;b=2"
    body = f"""<h1 id="tien">Tiền</h1>
    <a href="#tien">Tiền điện</a> <a href="#tien">xem <b>mục
    này</b></a> <a href="#nowhere">đi đâu</a>
    <a href="{site}">Trang &amp; ngoài</a> <a href="{site}">→ <i></i></a>
    <a href="{site}"><img src="given:square" alt="ô vuông"></a>"""

    made = pdf.render(page(body), pictures={"square": SQUARE})

    with pikepdf.open(io.BytesIO(made)) as document:
        said = [str(link.Contents) for link in document.pages[0].Annots]
    address = "https://example.org/?a=1&b=2"
    assert sorted(set(said)) == [
        "Tiền điện",
        "Trang & ngoài",
        address,
        "xem mục này",
        "→",
    ]


def test_printing_does_not_make_damaged_photos_pass():
    pdf.render("<html lang=vi><title>x</title>x")

    assert not ImageFile.LOAD_TRUNCATED_IMAGES
