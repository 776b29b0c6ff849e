"""A whole visit: findings, scores, and whether each room may have its certificate."""

from collections.abc import Iterable, Iterator
from typing import Any

from .answers import REPAIRED, deadlines, result_of
from .values import Json
from .visits import fact_is_valid

# Open findings of these two severities block a certificate; T and L have time.
BLOCKING = ("K", "N")


def evaluate(checklist: Json, visit: Json) -> Json:
    """The result of a visit that has no problems (`problems_of_visit`)."""
    house = _judge(checklist, visit, None)
    house_blocking = _blocking(checklist, visit, None, house)
    rooms = {}
    for room in visit["rooms"]:
        verdicts = _judge(checklist, visit, room)
        blocking = house_blocking + _blocking(checklist, visit, room, verdicts)
        rooms[room["id"]] = _outcome(checklist, room["id"], house | verdicts, blocking)
    return {
        "findings": findings(checklist, visit),
        "confidential_path": _confidential_path(checklist, visit),
        "house": {"scores": _scores(checklist, house), "blocking": house_blocking},
        "rooms": rooms,
    }


def findings(checklist: Json, visit: Json) -> list[Json]:
    """What failed: the house's first, then room by room, in the checklist's order."""
    return [
        {
            "item": item["code"],
            "room": _id(room),
            "severity": verdict["severity"],
            "critical": verdict["critical"] and not item["public_task"],
            "public_task": item["public_task"],
            "due": _due(checklist, visit, item["code"], room, verdict),
        }
        for room, item, verdict in _each(checklist, visit)
        if verdict["result"] == "fail" and not item["confidential"]
    ]


def missing(checklist: Json, visit: Json) -> list[Json]:
    """Facts and answers without which the visit is not complete."""
    return [
        entry
        for room in _places(visit)
        for entry in _missing(checklist, visit, room, _judge(checklist, visit, room))
    ]


def photos_missing(checklist: Json, visit: Json) -> list[Json]:
    """Answers that should have a photo. They block nothing: a broken camera must not
    hide a danger; the reviewer sees them and may return the visit.
    """
    wanting = {"always": ("pass", "fail"), "on_fail": ("fail",), "never": ()}
    return [
        {"item": item["code"], "room": _id(room)}
        for room, item, verdict in _each(checklist, visit)
        if verdict["result"] in wanting[item["photo"]]
        and not _answer(visit, room, item).get("photos")
        and _answer(visit, room, item) != REPAIRED
    ]


def score(
    checklist: Json, results: dict[str, str], section: str | None = None
) -> dict[str, int]:
    """Points earned and possible and whole per cent (rounded down), of the results by
    item code. Nothing possible counts as full. What was not seen is not earned.
    """
    earned = possible = 0
    for item in checklist["items"]:
        result = results.get(item["code"], "na")
        if (
            result == "na"
            or not _counts(item)
            or section not in (None, item["section"])
        ):
            continue
        weight = _weight(checklist, item)
        possible += weight
        earned += weight if result == "pass" else 0
    percent = earned * 100 // possible if possible else 100
    return {"earned": earned, "possible": possible, "percent": percent}


def merge(before: Json, now: Json, repaired: Iterable[Json] = ()) -> Json:
    """The visit as it stands after a re-visit that asked only what was open.

    Facts and answers of `now` override those of `before`; its time and open findings
    are the visit's. `repaired` names items (and rooms) whose repair a reviewer has
    accepted since: they pass, unless `now` has looked again.
    """
    done = [(entry["item"], entry["room"]) for entry in repaired]
    rooms = {
        room["id"]: _merge_place(room, {}, room["id"], done) for room in before["rooms"]
    }
    for room in now["rooms"]:
        earlier = rooms.get(room["id"], {})
        rooms[room["id"]] = _merge_place(earlier, room, room["id"], [])
    return now | {
        "house": _merge_place(before["house"], now["house"], None, done),
        "rooms": list(rooms.values()),
    }


def _merge_place(
    before: Json, now: Json, room: str | None, done: list[tuple[str, str | None]]
) -> Json:
    accepted = {code: REPAIRED for code, where in done if where == room}
    return {
        **before,
        **now,
        "facts": before.get("facts", {}) | now.get("facts", {}),
        "answers": before.get("answers", {}) | accepted | now.get("answers", {}),
    }


def _places(visit: Json) -> list[Json | None]:
    return [None, *visit["rooms"]]


def _id(room: Json | None) -> Any:
    return room and room["id"]


def _each(checklist: Json, visit: Json) -> Iterator[tuple[Json | None, Json, Json]]:
    for room in _places(visit):
        verdicts = _judge(checklist, visit, room)
        for item in _items(checklist, room):
            yield room, item, verdicts[item["code"]]


def _items(checklist: Json, room: Json | None) -> list[Json]:
    return [
        i for i in checklist["items"] if (i["scope"] == "room") is (room is not None)
    ]


def _answer(visit: Json, room: Json | None, item: Json) -> Any:
    place = visit["house"] if room is None else room
    return place["answers"].get(item["code"])


def _judge(checklist: Json, visit: Json, room: Json | None) -> dict[str, Json]:
    """Verdicts by item code, on the items of the house or of one room."""
    facts = _known(checklist, "house", visit["house"])
    if room is not None:
        facts |= _known(checklist, "room", room)
    return {
        item["code"]: result_of(
            item, _answer(visit, room, item), facts, visit["visited_at"]
        )
        for item in _items(checklist, room)
    }


def _known(checklist: Json, scope: str, place: Json) -> Json:
    """The facts that are there and make sense; others are not known."""
    return {
        fact["code"]: place["facts"][fact["code"]]
        for fact in checklist["facts"]
        if fact["scope"] == scope
        and fact_is_valid(fact, place["facts"].get(fact["code"]))
    }


def _missing(
    checklist: Json, visit: Json, room: Json | None, verdicts: dict[str, Json]
) -> list[Json]:
    scope, place = ("house", visit["house"]) if room is None else ("room", room)
    known = _known(checklist, scope, place)
    unknown = [
        _entry(fact["code"], room, "fact")
        for fact in checklist["facts"]
        if fact["scope"] == scope and fact["code"] not in known
    ]
    unanswered = [
        _entry(item["code"], room, "missing")
        for item in _items(checklist, room)
        if verdicts[item["code"]]["result"] == "missing" and not item["confidential"]
    ]
    return unknown + unanswered


def _entry(code: str, room: Json | None, why: str) -> Json:
    return {"item": code, "room": _id(room), "why": why}


def _blocking(
    checklist: Json, visit: Json, room: Json | None, verdicts: dict[str, Json]
) -> list[Json]:
    return [
        *_missing(checklist, visit, room, verdicts),
        *(
            _entry(item["code"], room, verdicts[item["code"]]["result"])
            for item in _items(checklist, room)
            if _judged(item) and _blocks(verdicts[item["code"]])
        ),
        *(
            _entry(finding["item"], room, "open")
            for finding in visit.get("open_findings", [])
            if finding["room"] == _id(room)
            and _still_blocks(checklist, finding, verdicts)
        ),
    ]


def _judged(item: Json) -> bool:
    """Whether the item is the landlord's to answer for."""
    return not item["confidential"] and not item["public_task"]


def _blocks(verdict: Json) -> bool:
    if verdict["result"] == "fail":
        return verdict["critical"] or verdict["severity"] in BLOCKING
    return verdict["result"] == "unseen" and verdict["critical"]


def _still_blocks(checklist: Json, finding: Json, verdicts: dict[str, Json]) -> bool:
    """An earlier finding is settled only by looking again, or when nothing is left to
    look at; one whose item this checklist no longer has stays open.
    """
    verdict = verdicts.get(finding["item"], {"result": "missing"})
    settled = verdict["result"] in ("pass", "fail", "na")
    ours = all(
        _judged(item) for item in checklist["items"] if item["code"] == finding["item"]
    )
    grave = finding["critical"] or finding["severity"] in BLOCKING
    return ours and grave and not settled


def _due(
    checklist: Json, visit: Json, code: str, room: Json | None, verdict: Json
) -> list[Json]:
    """A finding that fails again keeps its deadline: failing twice buys no time."""
    for finding in visit.get("open_findings", []):
        same = (finding["item"], finding["room"]) == (code, _id(room))
        if same and finding["severity"] == verdict["severity"] and finding.get("due"):
            return finding["due"]
    return deadlines(
        checklist, verdict["severity"], verdict["correct"], visit["visited_at"]
    )


def _counts(item: Json) -> bool:
    return item["scored"] and _judged(item)


def _weight(checklist: Json, item: Json) -> int:
    """By the gravest severity the item can have. Were it the answer's own, a worse
    answer would change what is possible, and could even raise the per cent.
    """
    kinds = [item, *(item.get("bands") or []), *(item.get("options") or [])]
    severities = [kind.get("severity") for kind in kinds]
    return max(checklist["weights"][s] for s in severities if s)


def _scores(checklist: Json, verdicts: dict[str, Json]) -> Json:
    results = {code: verdict["result"] for code, verdict in verdicts.items()}
    return {
        "overall": score(checklist, results),
        "security": score(checklist, results, checklist["security_section"]),
        "women": score(checklist, results, checklist["women_section"]),
    }


def _outcome(
    checklist: Json, room: str, verdicts: dict[str, Json], blocking: list[Json]
) -> Json:
    scores = _scores(checklist, verdicts)
    low = [
        name
        for name, value in scores.items()
        if value["percent"] < checklist["pass_percent"][name]
    ]
    whys = {entry["why"] for entry in blocking}
    if whys & {"fact", "missing"}:
        return {"outcome": "not_complete", "scores": scores, "blocking": blocking}
    return {
        "outcome": _verdict_on_room(bool(whys), low),
        "scores": scores,
        "blocking": blocking + [{"item": n, "room": room, "why": "score"} for n in low],
    }


def _verdict_on_room(blocked: bool, low: list[str]) -> str:
    if not blocked and not low:
        return "certify"
    # Women's safety and security cannot be bought back by points elsewhere.
    if not blocked and low == ["overall"]:
        return "conditional"
    return "refuse"


def _confidential_path(checklist: Json, visit: Json) -> bool:
    return any(
        item["confidential"] and verdict["result"] == "fail"
        for _, item, verdict in _each(checklist, visit)
    )
