"""A whole visit: findings, scores, and whether each room may have its certificate."""

from .answers import deadlines, is_repaired, result_of
from .prepared import MOST_REMEMBERED, Prepared, prepared
from .scores import scores
from .values import Json, day_of
from .visits import fact_is_valid

# Open findings of these two severities block a certificate; T and L have time.
BLOCKING = ("K", "N")

WANTS_PHOTO = {"always": ("pass", "fail"), "on_fail": ("fail",), "never": ()}


def evaluate(checklist: Json, visit: Json) -> Json:
    """The result of a visit that has no problems (`problems_of_visit`)."""
    checklist = prepared(checklist)
    house, *rooms = places = _places(checklist, visit)
    blocking = _blocking(checklist, visit, house)
    return {
        "findings": _findings(checklist, visit, places),
        "confidential_path": any(_confidential_fails(p) for p in (house, *rooms)),
        "house": {"scores": scores(checklist, house.verdicts), "blocking": blocking},
        "rooms": {
            room.id: _outcome(
                checklist,
                room,
                house.verdicts | room.verdicts,
                blocking + _blocking(checklist, visit, room),
            )
            for room in rooms
        },
    }


def findings(checklist: Json, visit: Json) -> list[Json]:
    """What failed: the house's first, then room by room, in the checklist's order."""
    return _findings(checklist, visit, _places(checklist, visit))


def missing(checklist: Json, visit: Json) -> list[Json]:
    """Facts and answers without which the visit is not complete."""
    return [e for place in _places(checklist, visit) for e in _missing(place)]


def photos_missing(checklist: Json, visit: Json) -> list[Json]:
    """Answers that should have a photo. They block nothing: a broken camera must not
    hide a danger; the reviewer sees them and may return the visit.
    """
    return [
        {"item": item["code"], "room": place.id}
        for place in _places(checklist, visit)
        for item, verdict in place.judged()
        if verdict["result"] in WANTS_PHOTO[item["photo"]]
        and not is_repaired(place.answers[item["code"]])
        and not place.answers[item["code"]].get("photos")
    ]


class _Place:
    """The house (`id` None) or a room, each item judged once."""

    def __init__(
        self, checklist: Prepared, visit: Json, given: Json, house_facts: Json | None
    ) -> None:
        in_house = house_facts is None
        facts = checklist.facts_of(house=in_house)
        self.id = None if in_house else given["id"]
        self.items = checklist.items_of(house=in_house)
        self.answers = given["answers"]
        # A fact that makes no sense is not known.
        self.facts = {
            code: given["facts"][code]
            for code, fact in facts.items()
            if fact_is_valid(fact, given["facts"].get(code))
        }
        self.unknown = [code for code in facts if code not in self.facts]
        known = (house_facts or {}) | self.facts
        self.verdicts = _verdicts(checklist, self, known, visit["visited_at"])

    def judged(self) -> list[tuple[Json, Json]]:
        return [(item, self.verdicts[code]) for code, item in self.items.items()]

    def entry(self, code: str, why: str) -> Json:
        return {"item": code, "room": self.id, "why": why}


def _places(checklist: Json, visit: Json) -> list[_Place]:
    checklist = prepared(checklist)
    house = _Place(checklist, visit, visit["house"], None)
    rooms = [_Place(checklist, visit, room, house.facts) for room in visit["rooms"]]
    return [house, *rooms]


def _verdicts(
    checklist: Prepared, place: _Place, known: Json, visited_at: str
) -> dict[str, Json]:
    """What `result_of` says of every item; what it has said before is remembered."""
    day = day_of(visited_at)
    verdicts = {}
    for code, item in place.items.items():
        answer = place.answers.get(code)
        key = checklist.key(code, answer, day)
        if key is None:
            verdicts[code] = result_of(item, answer, known, visited_at)
            continue
        key += tuple(known.get(fact) for fact in checklist.facts_asked[code])
        verdict = checklist.verdicts.get(key)
        if verdict is None:
            verdict = result_of(item, answer, known, visited_at)
            if len(checklist.verdicts) < MOST_REMEMBERED:
                checklist.verdicts[key] = verdict
        verdicts[code] = verdict
    return verdicts


def _findings(checklist: Json, visit: Json, places: list[_Place]) -> list[Json]:
    return [
        {
            "item": item["code"],
            "room": place.id,
            "severity": verdict["severity"],
            "critical": verdict["critical"],
            "public_task": item["public_task"],
            "due": _due(checklist, visit, item["code"], place.id, verdict),
        }
        for place in places
        for item, verdict in place.judged()
        if verdict["result"] == "fail" and not item["confidential"]
    ]


def _missing(place: _Place) -> list[Json]:
    return [
        *(place.entry(code, "fact") for code in place.unknown),
        *(
            place.entry(item["code"], "missing")
            for item, verdict in place.judged()
            if verdict["result"] == "missing" and not item["confidential"]
        ),
    ]


def _blocking(checklist: Json, visit: Json, place: _Place) -> list[Json]:
    return [
        *_missing(place),
        *(
            place.entry(item["code"], verdict["result"])
            for item, verdict in place.judged()
            if _is_landlords(item) and _blocks(verdict)
        ),
        *(
            place.entry(finding["item"], "open")
            for finding in visit.get("open_findings", [])
            if finding["room"] == place.id and _still_blocks(finding, place)
        ),
    ]


def _is_landlords(item: Json) -> bool:
    return not item["confidential"] and not item["public_task"]


def _blocks(verdict: Json) -> bool:
    if verdict["result"] == "fail":
        return verdict["critical"] or verdict["severity"] in BLOCKING
    return verdict["result"] == "unseen" and verdict["critical"]


def _still_blocks(finding: Json, place: _Place) -> bool:
    """An earlier finding is settled only by looking again, or when nothing is left to
    look at; one whose item this checklist no longer has stays open.
    """
    grave = finding["critical"] or finding["severity"] in BLOCKING
    for item, verdict in place.judged():
        if item["code"] == finding["item"]:
            settled = verdict["result"] in ("pass", "fail", "na")
            return grave and _is_landlords(item) and not settled
    return grave


def _due(
    checklist: Json, visit: Json, code: str, room: str | None, verdict: Json
) -> list[Json]:
    """A finding that fails again keeps its deadline: failing twice buys no time."""
    for finding in visit.get("open_findings", []):
        same = (finding["item"], finding["room"]) == (code, room)
        if same and finding["severity"] == verdict["severity"] and finding.get("due"):
            return finding["due"]
    return deadlines(
        checklist, verdict["severity"], verdict["correct"], visit["visited_at"]
    )


def _confidential_fails(place: _Place) -> bool:
    return any(
        item["confidential"] and verdict["result"] == "fail"
        for item, verdict in place.judged()
    )


def _outcome(
    checklist: Json, room: _Place, verdicts: dict[str, Json], blocking: list[Json]
) -> Json:
    points = scores(checklist, verdicts)
    low = [
        name
        for name, value in points.items()
        if value["percent"] < checklist["pass_percent"][name]
    ]
    whys = {entry["why"] for entry in blocking}
    if whys & {"fact", "missing"}:
        return {"outcome": "not_complete", "scores": points, "blocking": blocking}
    return {
        "outcome": _verdict_on_room(bool(whys), low),
        "scores": points,
        "blocking": blocking + [room.entry(name, "score") for name in low],
    }


def _verdict_on_room(blocked: bool, low: list[str]) -> str:
    if not blocked and not low:
        return "certify"
    # Women's safety and security cannot be bought back by points elsewhere.
    if not blocked and low == ["overall"]:
        return "conditional"
    return "refuse"
