"""What is wrong with a visit document: stable codes with paths, nothing is repaired."""

import re
from collections.abc import Iterator
from typing import Any

from .prepared import MOST_REMEMBERED, Prepared, prepared
from .values import Json, day_of, has_decimals, is_day, is_number, is_time

Problem = dict[str, str]

RESULTS = ("pass", "fail", "na", "unseen")
VALUES = ("result", "number", "choice")
ANSWER_KEYS = {*VALUES, "date", "note", "photos"}
SEVERITIES = ("K", "N", "T", "L")
NOTE_LENGTH = 2000
MOST_PHOTOS = 12
FURTHEST_YEARS = 10
SHA256 = re.compile(r"[0-9a-f]{64}")


def problems_of_visit(checklist: Json, visit: Any) -> list[Problem]:
    if not isinstance(visit, dict):
        return [_problem("", "not_an_object")]
    return [*_of_visit(prepared(checklist), visit)]


def fact_is_valid(fact: Json, value: Any) -> bool:
    if fact["type"] == "boolean":
        return isinstance(value, bool)
    if fact["type"] == "choice":
        return any(option["value"] == value for option in fact["options"])
    if not is_number(value) or not fact["minimum"] <= value <= fact["maximum"]:
        return False
    return bool(value % 1 == 0)


def answer_problems(item: Json, answer: Any, day: str | None) -> list[Problem]:
    """Problems with one answer, paths from the answer; `day` is that of the visit."""
    if not isinstance(answer, dict):
        return [_problem("", "not_an_object")]
    return [
        *(
            _problem(f".{key}", "unknown_key")
            for key in sorted(answer.keys() - ANSWER_KEYS)
        ),
        *_of_value(item, answer),
        *_of_date(item, answer.get("date"), day),
        *_of_evidence(answer),
    ]


def has_critical_kind(item: Json) -> bool:
    """Whether one of the item's bands or options is critical, whatever the item is."""
    kinds = [*(item.get("bands") or []), *(item.get("options") or [])]
    return any(kind.get("critical") for kind in kinds)


def _problem(path: str, code: str) -> Problem:
    return {"path": path, "code": code}


def _of_visit(checklist: Prepared, visit: Json) -> Iterator[Problem]:
    day = None
    if is_time(visit.get("visited_at")):
        day = day_of(visit["visited_at"])
    else:
        yield _problem("visited_at", "bad_time")

    yield from _of_place(checklist, visit.get("house"), "house", day)
    yield from _of_rooms(checklist, visit.get("rooms"), day)
    yield from _of_open_findings(visit.get("open_findings", []))


def _of_rooms(checklist: Prepared, rooms: Any, day: str | None) -> Iterator[Problem]:
    if not isinstance(rooms, list):
        yield _problem("rooms", "not_a_list")
        return
    seen: list[Any] = []
    for number, room in enumerate(rooms):
        path = f"rooms[{number}]"
        yield from _of_place(checklist, room, path, day)
        if isinstance(room, dict):
            yield from _of_room_id(room.get("id"), seen, path)
            seen.append(room.get("id"))


def _of_room_id(room: Any, seen: list[Any], path: str) -> Iterator[Problem]:
    if not isinstance(room, str) or not 1 <= len(room) <= 64:
        yield _problem(f"{path}.id", "bad_room")
    elif room in seen:
        yield _problem(f"{path}.id", "duplicate_room")


def _of_place(
    checklist: Prepared, place: Any, path: str, day: str | None
) -> Iterator[Problem]:
    if not isinstance(place, dict):
        yield _problem(path, "not_an_object")
        return
    in_house = path == "house"
    facts = checklist.facts_of(house=in_house)
    items = checklist.items_of(house=in_house)
    yield from _of_facts(facts, place.get("facts"), f"{path}.facts")
    given = place.get("answers")
    if not _are_fine(checklist, items, given, day):
        yield from _of_answers(items, given, f"{path}.answers", day)


def _are_fine(
    checklist: Prepared, items: dict[str, Json], given: Any, day: str | None
) -> bool:
    """Whether there is nothing to say of these answers; what was fine before is."""
    if not isinstance(given, dict):
        return False
    for code, answer in given.items():
        if code not in items:
            return False
        key = checklist.key(code, answer, day)
        if key is not None and key in checklist.fine:
            continue
        if answer is None or answer_problems(items[code], answer, day):
            return False
        if key is not None and len(checklist.fine) < MOST_REMEMBERED:
            checklist.fine.add(key)
    return True


def _of_facts(facts: dict[str, Json], given: Any, path: str) -> Iterator[Problem]:
    if not isinstance(given, dict):
        yield _problem(path, "not_an_object")
        return
    for code in sorted(given):
        if code not in facts:
            yield _problem(f"{path}.{code}", "unknown_fact")
        elif not fact_is_valid(facts[code], given[code]):
            yield _problem(f"{path}.{code}", "bad_fact")


def _of_answers(
    items: dict[str, Json], given: Any, path: str, day: str | None
) -> Iterator[Problem]:
    if not isinstance(given, dict):
        yield _problem(path, "not_an_object")
        return
    for code in sorted(given):
        if code not in items:
            yield _problem(f"{path}.{code}", "unknown_item")
            continue
        for problem in answer_problems(items[code], given[code], day):
            yield _problem(f"{path}.{code}{problem['path']}", problem["code"])


def _of_value(item: Json, answer: Json) -> Iterator[Problem]:
    given = [key for key in VALUES if key in answer]
    kind = "result" if item["answer"] == "pass_fail" else item["answer"]
    if len(given) != 1 or given[0] not in ("result", kind):
        yield _problem("", "bad_answer")
        return
    code = CHECKS[given[0]](item, answer[given[0]])
    if code:
        yield _problem(f".{given[0]}", code)


def _check_result(item: Json, result: Any) -> str | None:
    if result not in RESULTS:
        return "bad_result"
    if result in ("pass", "fail") and item["answer"] != "pass_fail":
        return "bad_answer"
    if result == "na" and not item.get(
        "na", item["critical"] is False and not has_critical_kind(item)
    ):
        return "na_not_allowed"
    return None


def _check_number(item: Json, number: Any) -> str | None:
    if not is_number(number):
        return "bad_number"
    if not item["minimum"] <= number <= item["maximum"]:
        return "out_of_range"
    if not has_decimals(number, item["decimals"]):
        return "too_precise"
    return None


def _check_choice(item: Json, choice: Any) -> str | None:
    known = any(option["value"] == choice for option in item["options"])
    return None if known else "bad_choice"


CHECKS = {"result": _check_result, "number": _check_number, "choice": _check_choice}


def _of_date(item: Json, date: Any, day: str | None) -> Iterator[Problem]:
    if date is None:
        return
    if not item["date"] or not is_day(date):
        yield _problem(".date", "bad_date")
    elif day and item["date"] == "done_on" and date > day:
        yield _problem(".date", "date_in_future")
    elif day and date > _years_after(day):
        yield _problem(".date", "date_too_far")


def _years_after(day: str) -> str:
    """Ten years later as text; 29 February sorts rightly though it may not exist."""
    return f"{int(day[:4]) + FURTHEST_YEARS}{day[4:]}"


def _of_evidence(answer: Json) -> Iterator[Problem]:
    note = answer.get("note", "")
    if not isinstance(note, str) or len(note) > NOTE_LENGTH:
        yield _problem(".note", "bad_note")
    photos = answer.get("photos", [])
    if (
        not isinstance(photos, list)
        or len(photos) > MOST_PHOTOS
        or not all(isinstance(p, str) and SHA256.fullmatch(p) for p in photos)
    ):
        yield _problem(".photos", "bad_photos")


def _of_open_findings(findings: Any) -> Iterator[Problem]:
    if not isinstance(findings, list):
        yield _problem("open_findings", "not_a_list")
        return
    for number, finding in enumerate(findings):
        if not _is_finding(finding):
            yield _problem(f"open_findings[{number}]", "bad_finding")


def _is_finding(finding: Any) -> bool:
    return (
        isinstance(finding, dict)
        and isinstance(finding.get("item"), str)
        and "room" in finding
        and isinstance(finding["room"], str | None)
        and finding.get("severity") in SEVERITIES
        and isinstance(finding.get("critical"), bool)
    )
