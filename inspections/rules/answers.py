"""One answer to one item: does the item apply, what does the answer mean, by when."""

import operator
from collections.abc import Callable
from typing import Any

from .values import Json, day_of, days_between, hours_after, thousandths
from .visits import answer_problems, has_critical_kind

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
}

# A reviewer accepted the repair of this item: see `merge`. Never sent by a tablet.
REPAIRED = {"result": "repaired"}


def applies(item: Json, facts: Json) -> bool:
    return item["applies"] is None or holds(item["applies"], facts)


def holds(condition: Json, facts: Json) -> bool:
    """Whether a condition holds; what is not known yet holds, so that it is asked."""
    if "all" in condition:
        return all(holds(part, facts) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, facts) for part in condition["any"])
    known = facts.get(condition["fact"])
    return known is None or COMPARE[condition["op"]](known, condition["value"])


def result_of(item: Json, answer: Any, facts: Json, visited_at: str) -> Json:
    """What an answer means: result (pass, fail, na, unseen, missing), severity,
    critical, and `correct`: what is to be done within how many hours, if not the usual.
    """
    if not applies(item, facts):
        return _verdict("na")
    if is_repaired(answer):
        return _verdict("pass", critical=_is_critical(item, facts))

    day = day_of(visited_at)
    # What nobody has seen may be the worst that the item allows.
    if answer is None or answer_problems(item, answer, day):
        return _verdict("missing", critical=_may_be_critical(item, facts))

    meaning = _meaning(item, answer, facts)
    if meaning["result"] == "pass" and item["date"]:
        meaning = _meaning_of_date(item, answer.get("date"), day)
    if meaning["result"] == "fail":
        return _verdict(
            "fail",
            critical=meaning.get("critical", _is_critical(item, facts)),
            severity=meaning.get("severity", item["severity"]),
            correct=meaning.get("correct", item.get("correct")),
        )
    if meaning["result"] in ("unseen", "missing"):
        return _verdict(meaning["result"], critical=_may_be_critical(item, facts))
    return _verdict(meaning["result"], critical=_is_critical(item, facts))


def is_repaired(answer: Any) -> bool:
    return isinstance(answer, dict) and answer.get("result") == REPAIRED["result"]


def deadlines(
    checklist: Json, severity: str, correct: list[Json] | None, visited_at: str
) -> list[Json]:
    """What is to be done by when; the clock starts at the visit."""
    usual = [{"what": "correct", "hours": checklist["deadlines_hours"][severity]}]
    return [
        {"what": step["what"], "at": hours_after(visited_at, step["hours"])}
        for step in correct or usual
    ]


def _verdict(
    result: str,
    *,
    critical: bool = False,
    severity: str | None = None,
    correct: list[Json] | None = None,
) -> Json:
    return {
        "result": result,
        "severity": severity,
        "critical": critical,
        "correct": correct,
    }


def _is_critical(item: Json, facts: Json) -> bool:
    critical = item["critical"]
    return critical if isinstance(critical, bool) else holds(critical, facts)


def _may_be_critical(item: Json, facts: Json) -> bool:
    return _is_critical(item, facts) or has_critical_kind(item)


def _meaning(item: Json, answer: Json, facts: Json) -> Json:
    if "number" in answer:
        return _band(item, answer["number"], facts)
    if "choice" in answer:
        return next(o for o in item["options"] if o["value"] == answer["choice"])
    return {"result": answer["result"]}


def _band(item: Json, number: float, facts: Json) -> Json:
    # Compared in thousandths times the divisor: 11.99 m² for three people must not
    # become 4 m² by rounding. A divisor of 0 counts as 1: an empty room is let to one.
    divisor = (facts.get(item["per"]) or 1) if item.get("per") else 1
    value = thousandths(number)
    return next(
        band
        for band in item["bands"]
        if "below" not in band or value < thousandths(band["below"]) * divisor
    )


def _meaning_of_date(item: Json, date: str | None, day: str) -> Json:
    if date is None:
        return {"result": "missing"}
    if item["date"] == "valid_until":
        return {"result": "fail" if date < day else "pass"}
    old = days_between(date, day) > item["max_age_days"]
    return {"result": "fail" if old else "pass"}
