"""Houses by what somebody on the telephone says of them."""

from django.db.models import F, Q, Value
from django.db.models.functions import NullIf, StrIndex

from accounts.rules import e164
from core import codes
from core.text import VnFold, fold
from reference.models.base import has_words
from registry.models import House

MOST = 20


def houses_called(houses, words) -> list[House]:
    """By number, by the landlord's telephone or name, or by any words of the address."""
    folded = fold(words)
    if not folded:
        return []
    names = Q(landlord_name__contains=folded)
    found = (
        houses.annotate(landlord_name=VnFold(F("landlord__full_name")))
        .filter(
            Q(number=codes.clean(words)[:7]) | _phone(words) | names | has_words(folded)
        )
        .select_related("commune", "landlord")
        .order_by(F("withdrawn_at").asc(nulls_first=True), _earliest(folded), "pk")
    )
    return list(found[:MOST])


def _earliest(folded):
    """A house's own words stand before those of its commune."""
    place = NullIf(StrIndex("search_text", Value(f" {folded}")), Value(0))
    return place.asc(nulls_last=True)


def _phone(words):
    try:
        return Q(landlord__phone=e164(words))
    except ValueError:
        return Q(pk=None)
