"""Frozen editions on paper: their HTML as PDF, in each form that somebody prints.

Pure: the same HTML, pictures, number and day give the same bytes.
"""

from handbooks.printing.dressing import without_silent_pictures
from handbooks.printing.formats import FORMATS, Form
from handbooks.printing.making import Order, Unfit, made, stamped

__all__ = [
    "FORMATS",
    "Form",
    "Order",
    "Unfit",
    "made",
    "stamped",
    "without_silent_pictures",
]
