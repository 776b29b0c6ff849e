"""A checklist with what follows from it alone, worked out once.

Most answers of a day are the same few: "pass", the same number, the same choice. What such
an answer means is remembered, by the item, the answer and the facts that the item asks for.
"""

from collections.abc import Iterator
from typing import Any

from .values import Json

MOST_REMEMBERED = 20_000
PLAIN = (str, int, float, bool)
Key = tuple[Any, ...]


class Prepared(dict[str, Any]):
    """The document itself, so that it goes wherever a checklist goes."""

    def __init__(self, checklist: Json) -> None:
        super().__init__(checklist)
        facts, items = checklist["facts"], checklist["items"]
        self.house_facts = {f["code"]: f for f in facts if f["scope"] == "house"}
        self.room_facts = {f["code"]: f for f in facts if f["scope"] != "house"}
        self.house_items = {i["code"]: i for i in items if i["scope"] != "room"}
        self.room_items = {i["code"]: i for i in items if i["scope"] == "room"}
        self.facts_asked = {item["code"]: (*_facts_of(item),) for item in items}
        self.dated = {item["code"] for item in items if item["date"]}
        self.points = _points(checklist)
        self.verdicts: dict[Key, Json] = {}
        self.fine: set[Key] = set()

    def facts_of(self, *, house: bool) -> dict[str, Json]:
        return self.house_facts if house else self.room_facts

    def items_of(self, *, house: bool) -> dict[str, Json]:
        return self.house_items if house else self.room_items

    def key(self, code: str, answer: Any, day: str | None) -> Key | None:
        """What two answers to an item share if they mean the same; None if it is not
        worth remembering.
        """
        if answer is None:
            return (code,)
        if not isinstance(answer, dict) or "note" in answer:
            return None
        key: list[Any] = [code, day] if code in self.dated else [code]
        for name, value in answer.items():
            if value.__class__ not in PLAIN:
                return None
            key += (name, value, value.__class__)  # True equals 1, and is not 1
        return tuple(key)


def prepared(checklist: Json) -> Prepared:
    return checklist if isinstance(checklist, Prepared) else Prepared(checklist)


def _points(checklist: Json) -> dict[str | None, list[tuple[str, int]]]:
    """What each scored item weighs: by section, and of all of them under None."""
    sections = [None, *(section["code"] for section in checklist["sections"])]
    return {
        section: [
            (item["code"], _weight(checklist, item))
            for item in checklist["items"]
            if item["scored"] and section in (None, item["section"])
        ]
        for section in sections
    }


def _weight(checklist: Json, item: Json) -> int:
    """By the gravest severity the item can have. Were it the answer's own, a worse
    answer would change what is possible, and could even raise the per cent.
    """
    kinds = [item, *(item.get("bands") or []), *(item.get("options") or [])]
    severities = [kind.get("severity") for kind in kinds]
    weights: dict[str, int] = checklist["weights"]
    return max(weights[severity] for severity in severities if severity)


def _facts_of(item: Json) -> Iterator[str]:
    for condition in (item["applies"], item["critical"]):
        yield from _facts_in(condition)
    if item.get("per"):
        yield item["per"]


def _facts_in(condition: Any) -> Iterator[str]:
    if not isinstance(condition, dict):
        return
    if "fact" in condition:
        yield condition["fact"]
    for part in condition.get("all") or condition.get("any") or ():
        yield from _facts_in(part)
