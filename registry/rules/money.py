"""Sums of money as people type them."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import fold

_GROUPED = re.compile(
    r"^[0-9]{1,3}(?P<mark>[ .,])[0-9]{3}(?:(?P=mark)[0-9]{3})*$", re.ASCII
)
_LONGEST = 15  # digits and marks; more is no sum of money here
_COUNTED = re.compile(
    r"^(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]{1,3}))? ?"
    r"(?P<unit>trieu|tr|nghin|ngan|k)(?: ?(?P<rest>[0-9]{1,3}))?$"
)
_UNITS = {"trieu": 1_000_000, "tr": 1_000_000, "nghin": 1000, "ngan": 1000, "k": 1000}


def parse_dong(text: str) -> int:
    """1.200.000, 1 200 000 đ, 1,2 triệu, 1tr2, 850k -> đồng. ValidationError if none."""
    plain = _bare(text)
    amount = _amount(plain) if len(plain) <= _LONGEST else None
    if amount is None or amount != int(amount):
        raise ValidationError(
            _("Write the sum in đồng, for example 1.200.000."), "not_money"
        )
    return int(amount)


def _amount(plain: str) -> Decimal | None:
    if _GROUPED.match(plain) or (plain.isascii() and plain.isdigit()):
        return Decimal(re.sub(r"[^0-9]", "", plain))
    match = _COUNTED.match(plain)
    if not match or (match["part"] and match["rest"]):
        return None
    part = match["part"] or match["rest"] or "0"
    return Decimal(f"{match['whole']}.{part}") * _UNITS[match["unit"]]


def _bare(text: str) -> str:
    """Lower case, no tones, and without the name of the currency at the end."""
    # fold() would take the marks between the digits, which mean something here.
    marks = re.sub(r"[^\W\d_]+", lambda word: fold(word[0]), text.strip())
    plain = re.sub(r"\s+", " ", marks.lower().replace("₫", "d"))
    return re.sub(r" ?(?:dong|vnd|d)\.?$", "", plain).strip()
