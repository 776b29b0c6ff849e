"""The search for certified rooms: one query for a page of them, however many there are.

Never a COUNT, never an OFFSET: a page begins after the last row of the page before it, by
the values of the order (the cursor), so that the thousandth page costs what the first does.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.expressions import Func, Value
from django.db.models.fields import FloatField
from django.db.models.functions import JSONObject

from certificates.models import Certificate
from core import clock
from core.text import fold
from reference.models.base import begins
from registry.models import Fee, House, Photo

PAGE = 12
METRES_PER_DEGREE = 111_195
COMES_HOME_AT_ANY_HOUR = [House.Gate.ALWAYS_OPEN, House.Gate.OWN_KEY]
# What the world may know of a room; no other column is read. Not the landlord.
PUBLIC = [
    *(name for name in Certificate.PUBLIC if name not in {"words", "signed"}),
    *(
        f"room__{name}"
        for name in (
            "code",
            "label",
            "floor",
            "area",
            "max_people",
            "rent",
            "deposit",
            "electricity",
            "electricity_price",
            "water",
            "water_price",
            "toilet",
            "has_loft",
            "free_from",
        )
    ),
    *(
        f"room__house__{name}"
        for name in (
            "number",
            "name",
            "address",
            "street",
            "hamlet",
            "landmark",
            "latitude",
            "longitude",
            "kind",
            "floors",
            "gate",
            "gate_closes",
            "gate_opens",
            "parking",
            "water",
            "has_cameras",
        )
    ),
    "room__house__commune__name",
    "room__house__commune__name_en",
    "room__house__commune__parent",
]


@dataclass(frozen=True)
class Order:
    """How rows follow each other: an expression, its direction; the key breaks ties."""

    name: str
    descending: bool
    read: Callable  # the value of the expression from what the cursor says


def _moment(text):
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


ORDERS = {
    "rent": Order("room__rent", descending=False, read=int),
    "near": Order("nearness", descending=False, read=float),
    "": Order("issued_at", descending=True, read=_moment),
}


def asked(form, places, cursor):
    """What a bound or empty `SearchForm` asks for: rows, next cursor, wishes, gate."""
    wishes = form.wishes if form.is_bound else {}
    place = places.gates.get(wishes.get("near"))
    order = wishes.get("sort", "near" if place else "")
    if order == "near" and not place:
        order = ""
    found, following = page_of(rooms(wishes, place), order, cursor or "")
    return found, following, wishes, place


def rooms(wishes: dict, gate):
    """Standing certificates that fit the wishes of `SearchForm`, with their room."""
    found = (
        Certificate.objects.standing()
        .select_related("room__house__commune")
        .annotate(
            photo=_first_photo("pk"), photo_sha=_first_photo("sha256"), fees=_fees()
        )
        .only(*PUBLIC)
    )
    if gate:
        found = found.annotate(nearness=_nearness(gate)).exclude(
            room__house__latitude=None
        )
    return found.filter(
        *(CONDITIONS[name](wishes[name]) for name in wishes if name in CONDITIONS)
    )


CONDITIONS = {
    "q": lambda words: _has_words(fold(words)),
    "commune": lambda code: Q(room__house__commune=code),
    "max_rent": lambda rent: Q(room__rent__lte=rent),
    "people": lambda people: Q(room__max_people__gte=people),
    "late": lambda _: Q(room__house__gate__in=COMES_HOME_AT_ANY_HOUR),
    "women": lambda _: Q(women_mark=True),
    "toilet": lambda _: Q(room__toilet="own"),
    "available": lambda _: Q(room__free_from__lte=clock.today()),
}


def _has_words(phrase):
    """Every word; the first two together, the last perhaps not typed to its end."""
    if not phrase:
        return Q()
    text = "room__house__search_text"
    *words, last = phrase.split()
    whole = (Q(**{f"{text}__contains": f" {word} "}) for word in words)
    return Q(begins(phrase, field=text), *whole, **{f"{text}__contains": f" {last}"})


def page_of(found, order: str, cursor: str):
    """One page of rows and the cursor of the next one ("" if there is none)."""
    by = ORDERS[order]
    rows = list(_after(found, by, cursor).order_by(*_ordering(by))[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    last = rows[PAGE - 1]
    return rows[:PAGE], f"{_value(last, by)}~{last.pk}"


def _ordering(by: Order):
    sign = "-" if by.descending else ""
    return f"{sign}{by.name}", f"{sign}pk"


def _after(found, by: Order, cursor: str):
    """What comes after a row; everything if the cursor is none of ours."""
    try:
        value, key = cursor.split("~")
        value, key = by.read(value), int(key)
        if not 0 < key < 2**63 or value != value:  # NaN
            return found
        return found.filter(_beyond(by, value, key))
    except (ValueError, OverflowError):
        return found


def _beyond(by: Order, value, key):
    beyond = "lt" if by.descending else "gt"
    return Q(**{f"{by.name}__{beyond}": value}) | Q(
        **{by.name: value, f"pk__{beyond}": key}
    )


def _value(row, by: Order) -> str:
    value = row
    for name in by.name.split("__"):
        value = getattr(value, name)
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _fees():
    fees = Fee.objects.filter(house=OuterRef("room__house")).order_by("pk")
    return ArraySubquery(
        fees.values(plain=JSONObject(name="name", amount="amount", per="per"))
    )


def _first_photo(field: str):
    """Of the room, or else of its house."""
    photos = Photo.objects.filter(
        Q(room=OuterRef("room")) | Q(room=None), house=OuterRef("room__house")
    )
    return Subquery(
        photos.order_by(F("room").asc(nulls_last=True), "position", "pk").values(field)[
            :1
        ]
    )


def _nearness(gate):
    """In the words of the index on the places of houses, so that the nearest come first."""
    place = Func(
        F("room__house__latitude"),
        F("room__house__longitude"),
        function="registry_place",
        output_field=FloatField(),
    )
    there = Func(
        Value(gate.latitude),
        Value(gate.longitude),
        function="registry_place",
        output_field=FloatField(),
    )
    return Func(
        place,
        there,
        template="(%(expressions)s)",
        arg_joiner=" <-> ",
        output_field=FloatField(),
    )
