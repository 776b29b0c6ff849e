"""Tables to take along and open with a spreadsheet. A cell is never a command."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from core.templatetags.shown import count

Column = tuple[str, Callable[[Any], object]]  # its head, and its cell of a row

MOST = 10_000  # rows: some megabytes, made while somebody waits
LOOKS = {dt.date: "dd/mm/yyyy", int: "#,##0"}  # with the dots of who opens it
A4 = 9  # as Excel numbers papers
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name: str, columns: Iterable[Column], rows: Iterable) -> HttpResponse:
    """A file of the rows; `name` is in plain letters and has no ending."""
    response = HttpResponse(workbook(columns, rows), MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def workbook(columns: Iterable[Column], rows: Iterable) -> bytes:
    """A day stays a day, a number a number, nothing nothing; all else is text.
    When rows are too many, the last line says so.
    """
    import xlsxwriter  # noqa: PLC0415 brings 10 MB

    columns, left = list(columns), iter(rows)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        looks = {kind: book.add_format({"num_format": f}) for kind, f in LOOKS.items()}
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, (head, _of) in enumerate(columns):
            sheet.write_string(0, column, _line(head), bold)
        for at, row in enumerate(islice(left, MOST), start=1):
            for column, (_head, of) in enumerate(columns):
                _write(sheet, at, column, of(row), looks)
        if next(left, None) is not None:
            words = _("This table ends here: it has the first %(most)s rows.")
            sheet.write_string(MOST + 1, 0, words % {"most": count(MOST)})
        sheet.autofit()
        _fit_for_paper(sheet)
    return file.getvalue()


def _fit_for_paper(sheet):
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet, row, column, value, looks):
    # Each by its kind: what was typed is never worked out nor followed as a link.
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, looks[dt.date])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks[int])
    elif value not in (None, ""):
        sheet.write_string(row, column, _line(value))


def _line(value):
    return " ".join(str(value).split())
