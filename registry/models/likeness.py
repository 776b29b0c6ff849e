"""Conditions under which a stored house may be the same as another, typed just now."""

import math

from django.db import models
from django.db.models import ExpressionWrapper, F, FloatField, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, LessThanOrEqual

from core.text import VnFold, fold

SAME_PLACE_METRES = 30
_METRES_PER_DEGREE = 111_195


def same_address(house):
    """The same number and alleys; a street or hamlet that both name must agree too."""
    street, hamlet = fold(house.street), fold(house.hamlet)
    if not house.address_key:
        return Value(False)
    same = Q(address_key=house.address_key)
    if street:
        same &= Q(street="") | Q(_folded_is("street", street))
    if hamlet:
        same &= Q(hamlet="") | Q(_folded_is("hamlet", hamlet))
    return truth(same)


def _folded_is(field, folded):
    return Exact(VnFold(F(field)), Value(folded))


def same_place(house):
    """Within 30 m: two telephones at one gate differ by about that much."""
    if house.latitude is None or house.longitude is None:
        return Value(False)
    latitude = math.radians(house.latitude)
    north = _degrees_from("latitude", house.latitude)
    east = _degrees_from("longitude", house.longitude) * math.cos(latitude)
    near = (SAME_PLACE_METRES / _METRES_PER_DEGREE) ** 2
    return truth(
        Q(latitude__isnull=False)
        & Q(LessThanOrEqual(north * north + east * east, near))
    )


def _degrees_from(field, value):
    return Cast(F(field), FloatField()) - Value(float(value), FloatField())


def truth(condition):
    return Coalesce(ExpressionWrapper(condition, models.BooleanField()), Value(False))
