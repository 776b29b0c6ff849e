"""A list of what waits, as the office's first page shows it."""

from typing import NamedTuple

ROWS = 5


class Row(NamedTuple):
    title: str
    address: str
    text: str = ""
    at: object = None  # a day or a moment
    due: bool = False  # `at` is a date by which
    state: str = ""  # a key of core/states.py


class Block(NamedTuple):
    key: str
    icon: str
    title: str
    count: int
    told: str  # what the number does not say
    address: str
    rows: list[Row]
