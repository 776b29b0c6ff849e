import datetime as dt

import pytest
from django.utils import translation

from core import tables
from tests.spreadsheets import rows_of


def cell(value):
    book = tables.workbook([("head", lambda row: row)], [value])
    return rows_of(book)[1][0] if value is not None else rows_of(book)[1:]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Nhà văn hoá, thôn Mẫu", "Nhà văn hoá, thôn Mẫu"),
        ("hai\r\ndòng", "hai dòng"),
        ("0912", "0912"),
        (1000, 1000),
        (-3, -3),
        (0, 0),
        (dt.date(2026, 11, 15), dt.date(2026, 11, 15)),
    ],
)
def test_cell_is_what_it_was(value, shown):
    assert cell(value) == shown


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "{=1}", "+84 912", "-2", "@SUM(A1)", "https://x.example", "mailto:x@y.vn"],
)
def test_cell_is_never_a_command(typed):
    assert cell(typed) == typed


def test_head_is_never_a_command():
    assert rows_of(tables.workbook([("=1", str)], [])) == [["=1"]]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (tables.MOST, tables.MOST - 1),
        (tables.MOST + 1, "Bảng dừng ở đây: chỉ có 10.000 dòng đầu."),
    ],
)
def test_table_says_when_it_is_not_whole(rows, last):
    with translation.override("vi"):
        book = tables.workbook([("n", lambda row: row)], range(rows))

    assert rows_of(book)[-1] == [last]


def test_file_is_taken_along_and_not_kept():
    response = tables.download("events", [("Nơi", str)], ["Hà Nội"])

    assert rows_of(response.content) == [["Nơi"], ["Hà Nội"]]
    assert response.headers == {
        "Content-Type": tables.MEDIA_TYPE,
        "Content-Disposition": 'attachment; filename="events.xlsx"',
        "Cache-Control": "no-store",
    }
