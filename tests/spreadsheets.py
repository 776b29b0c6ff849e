"""A table as a spreadsheet shows it."""

import io
from typing import Any

import openpyxl


def rows_of(book: bytes) -> list[list[Any]]:
    """Its cells; none of them may be worked out or lead anywhere."""
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    return [[_value(cell) for cell in row] for row in sheet.iter_rows()]


def _value(cell):
    return cell.value.date() if cell.is_date else cell.value
