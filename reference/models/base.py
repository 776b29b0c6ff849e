import datetime as dt

from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Cos, Radians, Sqrt

_METRES_PER_DEGREE = 111_195


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


def has_words(words: list[str], *, field: str = "search_text") -> Q:
    """Every word is in the text; the last one may not have been typed to its end.

    The text is folded, and begins and ends with a space.
    """
    whole = (Q(**{f"{field}__contains": f" {word} "}) for word in words[:-1])
    return Q(*whole, **{f"{field}__contains": f" {words[-1]}"})
