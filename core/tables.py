"""Tables to take along and open with a spreadsheet (CSV). A cell is never a command."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from core.templatetags.shown import count

Column = tuple[str, Callable[[Any], object]]  # its head, and its cell of a row

MOST = 10_000  # rows: some megabytes, made while somebody waits
# Excel takes UTF-8 that does not begin with it for an older alphabet.
_MARK = "\ufeff"
# What begins so is worked out by spreadsheets; some know the wide signs of East Asian
# keyboards. Whether a comma or a semicolon ends a cell depends on who opens the file.
_COMMAND = re.compile(r"(^|;)( ?)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def download(name: str, columns: Iterable[Column], rows: Iterable) -> HttpResponse:
    """A file of the rows; `name` is in plain letters and has no ending."""
    response = HttpResponse(as_csv(columns, rows), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def as_csv(columns: Iterable[Column], rows: Iterable) -> str:
    """Days are ISO, None is an empty cell. When rows are too many, the last line says so."""
    columns, left = list(columns), iter(rows)
    text = io.StringIO()
    text.write(_MARK)
    writer = csv.writer(text)
    writer.writerow(_cell(head) for head, _of in columns)
    for row in islice(left, MOST):
        writer.writerow(_cell(of(row)) for _head, of in columns)
    if next(left, None) is not None:
        words = _("This table ends here: it has the first %(most)s rows.")
        writer.writerow([words % {"most": count(MOST)}])
    return text.getvalue()


def _cell(value):
    if value is None or isinstance(value, int):
        return value
    words = " ".join(str(value).split())
    return _COMMAND.sub(r"\1\2'", words)
