import datetime as dt

from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Cos, Radians, Sqrt

_METRES_PER_DEGREE = 111_195
LONGEST = 100  # letters of a search that are looked at


class DatedQuerySet(models.QuerySet):
    """Facts that hold for a period; `in_force` is a range of days."""

    def in_force_on(self, day: dt.date):
        return self.filter(in_force__contains=day)


def metres_from(latitude: float, longitude: float):
    """Metres as the crow flies, on a flat map: right to one in a thousand nearby."""
    north = (F("latitude") - Value(float(latitude))) * _METRES_PER_DEGREE
    east = (
        (F("longitude") - Value(float(longitude)))
        * _METRES_PER_DEGREE
        * Cos(Radians(Value(float(latitude))))
    )
    return Sqrt(north * north + east * east, output_field=FloatField())


def has_words(phrase: str) -> Q:
    """Every word is in `search_text`; the last one may not have been typed to its end.

    The text is folded, and begins and ends with a space.
    """
    *words, last = phrase.split()
    whole = (Q(search_text__contains=f" {word} ") for word in words)
    return Q(*whole, search_text__contains=f" {last}")


_LONG_KINDS = ("thi tran ", "thi xa ", "thanh pho ", "dac khu ")


def begins(phrase: str, *, field: str) -> Q:
    """The first two words of the name stand together, or are written as one.

    Else "nội bài" would find everything in Hà Nội that is called Bài.
    """
    words = phrase.split()
    length = 4 if phrase.startswith(_LONG_KINDS) else 2
    head = f" {' '.join(words[:length])}{' ' if len(words) > length else ''}"
    joined = f"| {words[0]} |"
    return Q(**{f"{field}__contains": head}) | Q(**{f"{field}__contains": joined})
