"""What is wrong with a pack's document, apart from what the rules read in it."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from inspections.rules.values import is_day, is_time

Json = dict[str, Any]
Problem = dict[str, str]

SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_REVISIONS = 99
MOST_ROOMS = 200
NOTES_LENGTH = 5000
SIGNATURES = 2
POINTS = 20_000
EDGE = 10_000  # of the square on which one signs
MOST_PEOPLE = 100
FURTHEST_OFF = 100 * 365 * 86_400_000  # ms; a clock that has lost all says 1970
OPTIONAL = {"clock"}
ROLES = ("inspector", "landlord")


def problems_of_document(document: Json, visit: UUID) -> list[Problem]:
    return [
        *_of_envelope(document, visit),
        *_of_rooms(document.get("rooms")),
        *_of_signatures(document.get("signatures")),
        *_of_photos(document),
    ]


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest


def _is_whole(value: Any, most: int, least: int = 0) -> bool:
    return type(value) is int and least <= value <= most


def _is_clock(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _is_whole(value.get("ahead_ms"), FURTHEST_OFF, -FURTHEST_OFF)
        and is_time(value.get("measured_at"))
    )


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _problem(path: str, code: str) -> Problem:
    return {"path": path, "code": code}


def _of_envelope(document: Json, visit: UUID) -> Iterator[Problem]:
    checks = {
        "pack": lambda value: type(value) is int and value == 1,
        "visit": lambda value: value == str(visit),
        "revision": lambda value: _is_whole(value, MOST_REVISIONS, 1),
        "house": lambda value: _is_text(value, 7),
        "checklist": lambda value: _is_text(value, 50),
        "version": lambda value: _is_whole(value, 32_767, 1),
        "follow_up_of": lambda value: value is None or _is_uuid(value),
        "planned_for": is_day,
        "started_at": is_time,
        "finished_at": is_time,
        "notes": lambda value: _is_text(value, NOTES_LENGTH),
        "clock": _is_clock,
    }
    for name, check in checks.items():
        if name not in document:
            if name not in OPTIONAL:
                yield _problem(name, "missing")
        elif not check(document[name]):
            yield _problem(name, "bad_value")


def _of_rooms(rooms: Any) -> Iterator[Problem]:
    if not isinstance(rooms, list):
        return  # the rules say so
    if len(rooms) > MOST_ROOMS:
        yield _problem("rooms", "too_many")
    for number, room in enumerate(rooms):
        people = room.get("people", {}) if isinstance(room, dict) else {}
        if not isinstance(people, dict) or not all(
            name in ("women", "men", "children") and _is_whole(count, MOST_PEOPLE)
            for name, count in people.items()
        ):
            yield _problem(f"rooms[{number}].people", "bad_value")


def _of_signatures(signatures: Any) -> Iterator[Problem]:
    if not isinstance(signatures, list) or len(signatures) > SIGNATURES:
        yield _problem("signatures", "bad_value")
        return
    points = 0
    for number, signature in enumerate(signatures):
        if not _is_signature(signature):
            yield _problem(f"signatures[{number}]", "bad_value")
            continue
        points += sum(len(stroke) for stroke in signature["strokes"])
    if points > POINTS:
        yield _problem("signatures", "too_many")


def _is_signature(signature: Any) -> bool:
    return (
        isinstance(signature, dict)
        and signature.get("role") in ROLES
        and isinstance(signature.get("strokes"), list)
        and all(
            isinstance(stroke, list) and all(map(_is_point, stroke))
            for stroke in signature["strokes"]
        )
    )


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(n) in (int, float) and 0 <= n <= EDGE for n in point)
    )


def _of_photos(document: Json) -> Iterator[Problem]:
    rooms = document.get("rooms")
    known = [r.get("id") for r in rooms if isinstance(r, dict)] if rooms else []
    seen: set[str] = set()
    for number, photo in enumerate(document["photos"]):
        path = f"photos[{number}]"
        checks = {
            "id": _is_uuid(photo.get("id")) and photo["id"] not in seen,
            "sha256": _is_text(photo.get("sha256"), 64)
            and bool(SHA256.fullmatch(photo["sha256"])),
            "size": photo["size"] > 0,
            "item": _is_text(photo.get("item"), 10),
            "room": photo.get("room") is None or photo["room"] in known,
            "taken_at": is_time(photo.get("taken_at")),
        }
        for name, right in checks.items():
            if not right:
                yield _problem(f"{path}.{name}", "bad_value")
        if checks["id"]:
            seen.add(photo["id"])
