"""The shape of a checklist document: which keys, and what each may hold."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from .values import has_decimals, is_number
from .visits import SEVERITIES

Check = Callable[[Any], bool]
Shape = dict[str, tuple[Check, str]]

WHAT = ("correct", "make_safe", "plan", "assign", "build", "report")
LARGEST = 1_000_000_000
# Times a divisor, in thousandths, the largest number is still exact in JavaScript.
LARGEST_FACT = 9000
LONGEST_HOURS = 9000
DEEPEST = 5


def shape_problems(
    value: Any, shape: Shape, path: str, optional: frozenset[str] = frozenset()
) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: must be an object"
        return
    for key, (check, words) in shape.items():
        if key not in value:
            if key not in optional:
                yield f"{path}.{key}: is missing"
        elif not check(value[key]):
            yield f"{path}.{key}: must be {words}"
    for key in sorted(value.keys() - shape.keys()):
        yield f"{path}.{key}: is not known"


def whole(least: int, most: int) -> tuple[Check, str]:
    def check(value: Any) -> bool:
        return (
            isinstance(value, int)
            and not isinstance(value, bool)
            and least <= value <= most
        )

    return check, f"a whole number from {least} to {most}"


def decimal(value: Any) -> bool:
    return is_number(value) and 0 <= value <= LARGEST and has_decimals(value, 3)


def pattern(expression: str, words: str) -> tuple[Check, str]:
    def check(value: Any) -> bool:
        return isinstance(value, str) and bool(re.fullmatch(expression, value))

    return check, words


def one_of(*values: str) -> tuple[Check, str]:
    def check(value: Any) -> bool:
        return isinstance(value, str) and value in values

    return check, "one of " + ", ".join(values)


def is_text(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"vi", "en"}
        and all(isinstance(words, str) and words.strip() for words in value.values())
    )


def is_boolean(value: Any) -> bool:
    return isinstance(value, bool)


def list_of(check: Check, least: int = 0) -> Check:
    return lambda value: (
        isinstance(value, list) and len(value) >= least and all(map(check, value))
    )


def object_of(shape: Shape, *optional: str) -> Check:
    return lambda value: not any(shape_problems(value, shape, "", frozenset(optional)))


def or_null(kind: tuple[Check, str]) -> tuple[Check, str]:
    check, words = kind
    return (lambda value: value is None or check(value)), f"{words}, or null"


def is_condition(value: Any, depth: int = 1) -> bool:
    if not isinstance(value, dict) or depth > DEEPEST:
        return False
    if len(value) == 1:
        parts = value.get("all", value.get("any"))
        return list_of(lambda part: is_condition(part, depth + 1), 1)(parts)
    return object_of(COMPARISON)(value)


def is_correct(value: Any) -> bool:
    if not list_of(object_of(STEP), 1)(value):
        return False
    hours = [step["hours"] for step in value]
    return hours == sorted(set(hours))


TEXT = (is_text, "a text in vi and en, neither empty")
BOOLEAN = (is_boolean, "true or false")
SEVERITY = one_of(*SEVERITIES)
SLUG = pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "in lower case with hyphens")
NAME = pattern(r"[a-z][a-z0-9_]*", "lower case letters, digits and underscores")
SECTION_CODE = pattern(r"[A-Z]{1,2}", "one or two capitals")
ITEM_CODE = pattern(r"[A-Z]{3}-[0-9]{2}", "three capitals, a hyphen and two digits")
CONDITION = (is_condition, "a condition")

COMPARISON: Shape = {
    "fact": NAME,
    "op": one_of("gt", "ge", "eq", "ne", "lt", "le"),
    "value": (lambda v: isinstance(v, bool | int | str), "a value of the fact"),
}
STEP: Shape = {"what": one_of(*WHAT), "hours": whole(1, LONGEST_HOURS)}
CORRECT = (is_correct, "steps of what and hours, hours rising")
FACT_OPTION: Shape = {"value": NAME, "label": TEXT}
BAND: Shape = {
    "below": (decimal, "a number with at most three decimals"),
    "result": one_of("pass", "fail"),
    "severity": SEVERITY,
    "critical": BOOLEAN,
    "correct": CORRECT,
}
OPTION: Shape = {
    "value": NAME,
    "label": TEXT,
    "result": one_of("pass", "fail", "na"),
    "severity": SEVERITY,
    "critical": BOOLEAN,
    "correct": CORRECT,
}
GRAVE = ("severity", "critical", "correct")

SECTION: Shape = {"code": SECTION_CODE, "name": TEXT}
FACT: Shape = {
    "code": NAME,
    "scope": one_of("house", "room"),
    "type": one_of("integer", "boolean", "choice"),
    "label": TEXT,
    "help": TEXT,
    "minimum": whole(0, LARGEST_FACT),
    "maximum": whole(0, LARGEST_FACT),
    "options": (
        list_of(object_of(FACT_OPTION), 2),
        "two or more options with value and label",
    ),
}
FACT_OPTIONAL = frozenset({"help", "minimum", "maximum", "options"})

ITEM: Shape = {
    "code": ITEM_CODE,
    "section": SECTION_CODE,
    "scope": one_of("house", "room", "management"),
    "answer": one_of("pass_fail", "number", "choice"),
    "label": TEXT,
    "help": TEXT,
    "repair": TEXT,
    "severity": or_null(SEVERITY),
    "critical": (
        lambda value: is_boolean(value) or is_condition(value),
        "true, false or a condition",
    ),
    "applies": or_null(CONDITION),
    "na": BOOLEAN,
    "ask_tenant": BOOLEAN,
    "document": BOOLEAN,
    "date": or_null(one_of("valid_until", "done_on")),
    "max_age_days": or_null(whole(1, 9000)),
    "unit": or_null(TEXT),
    "minimum": or_null((decimal, "a number with at most three decimals")),
    "maximum": or_null((decimal, "a number with at most three decimals")),
    "decimals": or_null(whole(0, 3)),
    "per": or_null(NAME),
    "bands": or_null(
        (
            list_of(object_of(BAND, "below", *GRAVE), 2),
            "two or more bands with below and result",
        )
    ),
    "options": or_null(
        (
            list_of(object_of(OPTION, *GRAVE), 2),
            "two or more options with value, label and result",
        )
    ),
    "correct": or_null(CORRECT),
    "scored": BOOLEAN,
    "confidential": BOOLEAN,
    "public_task": BOOLEAN,
    "photo": one_of("always", "on_fail", "never"),
    "citations": (list_of(SLUG[0]), "a list of slugs"),
    "recommendation": BOOLEAN,
}
ITEM_OPTIONAL = frozenset(
    {
        *("na", "max_age_days", "minimum", "maximum", "decimals", "per"),
        *("bands", "options", "correct"),
    }
)

BY_SEVERITY: Shape = {severity: whole(1, LONGEST_HOURS) for severity in SEVERITIES}
PERCENT: Shape = {name: whole(0, 100) for name in ("overall", "security", "women")}
CHECKLIST: Shape = {
    "checklist": SLUG,
    "version": whole(1, 9999),
    "deadlines_hours": (object_of(BY_SEVERITY), "whole hours for K, N, T and L"),
    "weights": (object_of(BY_SEVERITY), "whole points for K, N, T and L"),
    "pass_percent": (
        object_of(PERCENT),
        "whole per cent for overall, security and women",
    ),
    "security_section": SECTION_CODE,
    "women_section": SECTION_CODE,
    "conditional_days": whole(1, 9999),
    "certificate_months": whole(1, 999),
    "sections": (list_of(object_of(SECTION), 1), "sections with code and name"),
    "facts": (lambda value: isinstance(value, list), "a list"),
    "items": (lambda value: isinstance(value, list), "a list"),
}
