"""What is wrong with a checklist document, in words for who writes one."""

from collections.abc import Iterator
from typing import Any

from .shapes import (
    CHECKLIST,
    FACT,
    FACT_OPTIONAL,
    ITEM,
    ITEM_OPTIONAL,
    shape_problems,
)
from .values import Json
from .visits import SEVERITIES, fact_is_valid

NUMBER_NEEDS = ("minimum", "maximum", "decimals", "bands")
NUMBER_KEYS = (*NUMBER_NEEDS, "unit", "per")


def problems(checklist: Any) -> list[str]:
    """Empty if the document is as docs/reference/checklist-format.md says.

    Each step can only look at what the steps before it found right.
    """
    for step in (_of_head, _of_shapes, _of_whole, _of_items):
        found = [*step(checklist)]
        if found:
            return found
    return []


def _of_head(checklist: Any) -> Iterator[str]:
    return shape_problems(checklist, CHECKLIST, "checklist")


def _of_shapes(checklist: Json) -> Iterator[str]:
    yield from _of_parts(checklist["facts"], FACT, FACT_OPTIONAL, "facts")
    yield from _of_parts(checklist["items"], ITEM, ITEM_OPTIONAL, "items")


def _of_whole(checklist: Json) -> Iterator[str]:
    yield from _of_order(checklist)
    yield from _of_codes(checklist)
    for fact in checklist["facts"]:
        yield from _of_fact(fact)


def _of_items(checklist: Json) -> Iterator[str]:
    for item in checklist["items"]:
        yield from _of_item(checklist, item)


def _of_parts(
    parts: list[Any], shape: Any, optional: frozenset[str], name: str
) -> Iterator[str]:
    for number, part in enumerate(parts):
        code = part.get("code") if isinstance(part, dict) else None
        path = f"{name}[{number}]" + (f" {code}" if isinstance(code, str) else "")
        yield from shape_problems(part, shape, path, optional)


def _of_order(checklist: Json) -> Iterator[str]:
    hours = [checklist["deadlines_hours"][s] for s in SEVERITIES]
    if hours != sorted(hours):
        yield "deadlines_hours: a graver severity must not have more time"
    weights = [checklist["weights"][s] for s in SEVERITIES]
    if weights != sorted(weights, reverse=True):
        yield "weights: a graver severity must not weigh less"


def _of_codes(checklist: Json) -> Iterator[str]:
    for name in ("sections", "facts", "items"):
        codes = [part["code"] for part in checklist[name]]
        for code in _repeated(codes):
            yield f"{name}: {code} is there more than once"
    sections = {section["code"] for section in checklist["sections"]}
    for key in ("security_section", "women_section"):
        if checklist[key] not in sections:
            yield f"{key}: {checklist[key]} is no section"


def _repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def _of_fact(fact: Json) -> Iterator[str]:
    code = fact["code"]
    has_limits = {"minimum", "maximum"} & fact.keys()
    if fact["type"] == "integer":
        if len(has_limits) < 2 or fact["minimum"] > fact["maximum"]:
            yield f"{code}: an integer needs minimum and maximum, in that order"
    elif has_limits:
        yield f"{code}: only an integer has minimum and maximum"
    if (fact["type"] == "choice") != ("options" in fact):
        yield f"{code}: options belong to a choice, and a choice needs them"
    for value in _repeated([o["value"] for o in fact.get("options", [])]):
        yield f"{code}: option {value} is there more than once"


def _of_item(checklist: Json, item: Json) -> Iterator[str]:
    facts = {
        fact["code"]: fact
        for fact in checklist["facts"]
        if item["scope"] == "room" or fact["scope"] == "house"
    }
    for words in (
        *_of_place(checklist, item),
        *_of_kind(item),
        *_of_bands(item.get("bands") or []),
        *_of_options(item.get("options") or []),
        *_of_severity(item),
        *_of_purpose(item),
        *_of_per(item.get("per"), facts),
        *_of_condition(item["applies"], facts),
        *_of_condition(item["critical"], facts),
    ):
        yield f"{item['code']}: {words}"


def _of_place(checklist: Json, item: Json) -> Iterator[str]:
    if item["section"] not in {section["code"] for section in checklist["sections"]}:
        yield f"section {item['section']} is no section"


def _of_kind(item: Json) -> Iterator[str]:
    has = {key for key in item if item[key] is not None}
    if item["answer"] == "number":
        if not has.issuperset(NUMBER_NEEDS):
            yield "a number needs minimum, maximum, decimals and bands"
        elif item["minimum"] >= item["maximum"]:
            yield "minimum must be less than maximum"
    elif has.intersection(NUMBER_KEYS):
        yield "only a number has unit, minimum, maximum, decimals, per and bands"
    if (item["answer"] == "choice") != ("options" in has):
        yield "options belong to a choice, and a choice needs them"
    if (item["date"] == "done_on") != ("max_age_days" in has):
        yield "max_age_days belongs to done_on, and done_on needs it"


def _of_bands(bands: list[Json]) -> Iterator[str]:
    limits = [band["below"] for band in bands if "below" in band]
    if limits != sorted(set(limits)):
        yield "below must rise from band to band"
    lasts = ["below" not in band for band in bands]
    if any(lasts[:-1]) or not all(lasts[-1:]):
        yield "every band but the last must have below, and the last must not"
    yield from _of_grave(bands)


def _of_options(options: list[Json]) -> Iterator[str]:
    for value in _repeated([option["value"] for option in options]):
        yield f"option {value} is there more than once"
    yield from _of_grave(options)


def _of_grave(kinds: list[Json]) -> Iterator[str]:
    for kind in kinds:
        if kind["result"] != "fail" and kind.keys() & {
            "severity",
            "critical",
            "correct",
        }:
            yield "only what fails has severity, critical and correct"


def _of_severity(item: Json) -> Iterator[str]:
    kinds = [*(item.get("bands") or []), *(item.get("options") or [])]
    failing = [kind for kind in kinds if kind["result"] == "fail"]
    named = bool(failing) and all("severity" in kind for kind in failing)
    needed = not named or bool(item["date"])
    if item["severity"] is None and needed and not item["confidential"]:
        yield "severity is needed"


def _of_purpose(item: Json) -> Iterator[str]:
    apart = item["confidential"] or item["public_task"]
    kinds = [item, *(item.get("bands") or []), *(item.get("options") or [])]
    if item["confidential"] and item["public_task"]:
        yield "confidential and public_task exclude each other"
    if apart and item["scored"]:
        yield "a confidential item or a public task must not be scored"
    if apart and any(kind.get("critical", False) is not False for kind in kinds):
        yield "a confidential item or a public task must not be critical"


def _of_per(per: str | None, facts: dict[str, Json]) -> Iterator[str]:
    if per is not None and (per not in facts or facts[per]["type"] != "integer"):
        yield f"per: {per} is no integer fact of this scope"


def _of_condition(condition: Any, facts: dict[str, Json]) -> Iterator[str]:
    if not isinstance(condition, dict):
        return
    for part in condition.get("all") or condition.get("any") or []:
        yield from _of_condition(part, facts)
    if "fact" not in condition:
        return
    fact = facts.get(condition["fact"])
    if fact is None:
        yield f"condition: {condition['fact']} is no fact of this scope"
        return
    if fact["type"] != "integer" and condition["op"] not in ("eq", "ne"):
        yield f"condition: {condition['fact']} is compared only with eq and ne"
    if not fact_is_valid(fact, condition["value"]):
        yield f"condition: {condition['fact']} never has that value"
