from typing import Any, NamedTuple

from inspections import rules
from inspections.rules.visits import fact_is_valid

Json = dict[str, Any]


class Line(NamedTuple):
    """One item with its answer (None if there is none) and what the rules make of it.

    `result` is pass, fail, unseen, na or missing.
    """

    item: Json
    answer: Json | None
    result: str
    severity: str | None
    critical: bool


def lines(checklist: Json, visit: Json, room_id: str | None) -> list[Line]:
    """Of the house (None) or of a room. What a tenant said in private is never here."""
    place = _place(visit, room_id)
    facts = _facts(checklist, visit["house"], "house")
    if room_id is not None:
        facts |= _facts(checklist, place, "room")
    return [
        _line(item, place["answers"].get(item["code"]), facts, visit["visited_at"])
        for item in checklist["items"]
        if (item["scope"] == "room") == (room_id is not None)
        and not item["confidential"]
    ]


def _place(visit: Json, room_id: str | None) -> Json:
    if room_id is None:
        return visit["house"]
    return next(room for room in visit["rooms"] if room["id"] == room_id)


def _facts(checklist: Json, place: Json, scope: str) -> Json:
    return {
        fact["code"]: place["facts"][fact["code"]]
        for fact in checklist["facts"]
        if fact["scope"] == scope and fact_is_valid(fact, _value(place, fact))
    }


def _value(place: Json, fact: Json) -> Any:
    return place["facts"].get(fact["code"])


def _line(item: Json, answer: Json | None, facts: Json, visited_at: str) -> Line:
    verdict = rules.result_of(item, answer, facts, visited_at)
    return Line(
        item, answer, verdict["result"], verdict["severity"], verdict["critical"]
    )
