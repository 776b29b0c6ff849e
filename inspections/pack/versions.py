"""Two records of one visit that were made with different versions of the checklist.

What only one version asks, or each otherwise, is no matter of choice: in the record that is
made of both the first one's version holds, and each record keeps what it said.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from inspections import rules
from inspections.pack.twins import Difference
from inspections.rules.visits import answer_problems, fact_is_valid

Json = dict[str, Any]


class Comparable(NamedTuple):
    second: Json  # the second record as far as the version of the first reads it
    apart: list[Difference]  # what it does not, and what only the first was asked


def comparable(first: Json, second: Json, asked: Json, otherwise: Json) -> Comparable:
    """`asked` and `otherwise` are the checklists of the two."""
    if asked == otherwise:
        return Comparable(second, [])
    one, other = rules.prepared(asked), rules.prepared(otherwise)
    rooms = {room["id"]: room for room in first["rooms"]}
    places = [
        (None, first["house_part"], second["house_part"]),
        *((room["id"], rooms.get(room["id"]), room) for room in second["rooms"]),
    ]
    apart = [
        found
        for room, said, told in places
        for found in _apart(
            one, other, room, said or {"facts": {}, "answers": {}}, told
        )
    ]
    house, *others = [
        _readable(told, [found for found in apart if found.room == room])
        for room, _said, told in places
    ]
    items = {item["code"] for item in asked["items"]}
    read = second | {
        "house_part": house,
        "rooms": others,
        "photos": [photo for photo in second["photos"] if photo["item"] in items],
    }
    return Comparable(read, apart)


def _apart(
    one: rules.Prepared, other: rules.Prepared, room: str | None, said: Json, told: Json
) -> Iterator[Difference]:
    in_house = room is None
    known = {
        "facts": (one.facts_of(house=in_house), other.facts_of(house=in_house)),
        "answers": (one.items_of(house=in_house), other.items_of(house=in_house)),
    }
    for kind, (here, there) in known.items():
        for code in said[kind] | told[kind]:
            is_read = _is_read(kind, here.get(code), told[kind].get(code))
            if code not in there or not is_read:
                values = said[kind].get(code), told[kind].get(code)
                path = f"{room or 'house'}.{kind}.{code}"
                yield Difference(path, kind, room, code, *values, ())


def _is_read(kind: str, asked: Json | None, value: Any) -> bool:
    if asked is None:
        return False
    if value is None:
        return True
    if kind == "facts":
        return fact_is_valid(asked, value)
    return not answer_problems(asked, value, None)


def _readable(place: Json, apart: list[Difference]) -> Json:
    """In a line that is no matter of choice it says what the first one says."""
    read = place | {kind: dict(place[kind]) for kind in ("facts", "answers")}
    for found in apart:
        read[found.kind].pop(found.code, None)
        if found.first is not None:
            read[found.kind][found.code] = found.first
    return read
