import csv
import datetime as dt
import io

import pytest
from django.utils import translation

from core import tables


def read(text):
    """As a spreadsheet reads it."""
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def cell(value):
    return read(tables.as_csv([("head", lambda row: row)], [value]))[1][0]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Nhà văn hoá, thôn Mẫu", "Nhà văn hoá, thôn Mẫu"),
        ('Kho "lớn"', 'Kho "lớn"'),
        ("hai\r\ndòng", "hai dòng"),
        (1000, "1000"),
        (-3, "-3"),
        (0, "0"),
        (None, None),
        (dt.date(2026, 11, 15), "2026-11-15"),
    ],
)
def test_cell_is_what_it_was(value, shown):
    assert cell(value) == (shown or "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+84 912", "'+84 912"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\n =1", "'=1"),
        ("\ttab", "tab"),
        ("\u00a0=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        (
            '=HYPERLINK("https://x.example";"y")',
            '\'=HYPERLINK("https://x.example";"y")',
        ),
        ("Hội;=1;a; @b", "Hội;'=1;a; '@b"),
        ("a-b=c", "a-b=c"),
    ],
)
def test_cell_is_never_a_command(typed, shown):
    assert cell(typed) == shown


def test_head_is_never_a_command():
    assert read(tables.as_csv([("=1", str)], [])) == [["'=1"]]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (tables.MOST, str(tables.MOST - 1)),
        (tables.MOST + 1, "Bảng dừng ở đây: chỉ có 10.000 dòng đầu."),
    ],
)
def test_table_says_when_it_is_not_whole(rows, last):
    with translation.override("vi"):
        text = tables.as_csv([("n", lambda row: row)], range(rows))

    assert read(text)[-1] == [last]


def test_file_is_taken_along_and_not_kept():
    response = tables.download("events", [("Nơi", str)], ["Hà Nội"])

    assert response.content == "\ufeffNơi\r\nHà Nội\r\n".encode()
    assert response.headers == {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="events.csv"',
        "Cache-Control": "no-store",
    }
