"""A visit as a person reads it: place by place, section by section, photos beside.

Used by the office's page of a visit, by the reviewer, and where two records are compared.
What a tenant said in private is left out unless the caller says that the reader may see it.
"""

from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inspections import rules
from inspections.models import EvidencePhoto, RoomResult, Submission
from inspections.rules.visits import fact_is_valid

Json = dict[str, Any]


class Line(NamedTuple):
    """One item: what was answered, and what the rules make of it."""

    code: str
    label: str
    answer: str  # a number with its unit, a choice, a date; "" for a bare result
    result: str  # pass, fail, na, unseen or missing
    severity: str | None
    critical: bool
    confidential: bool
    note: str
    photos: list[EvidencePhoto]
    lost: int  # photos named that never came
    old: bool  # said at an earlier visit, not asked again now
    before: str = ""  # what the rules made of it last time, if that was other

    @property
    def needs_a_look(self) -> bool:
        return self.result in {"fail", "unseen", "missing"} or bool(self.before)


class Part(NamedTuple):
    title: str
    lines: list[Line]


class Place(NamedTuple):
    """The house or a room; `result` is None for the house, and where nothing was derived."""

    title: str
    key: str
    facts: list[tuple[str, str]]
    parts: list[Part]
    result: RoomResult | None

    @property
    def to_look_at(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines if line.needs_a_look]


def places_of(
    submission: Submission,
    *,
    confidential: bool = False,
    before: Json | None = None,
    results: list[RoomResult] | None = None,
) -> list[Place]:
    """`before` is the rules' input of an earlier visit, to say what has changed."""
    sheet = Sheet(submission, confidential=confidential, before=before)
    if results is None:
        results = list(submission.room_results.select_related("room"))
    by_code = {result.room.code: result for result in results}
    labels = _labels(submission, by_code)
    rooms = sorted(labels, key=lambda code: labels[code])
    return [
        sheet.place(_("House and management"), None, None),
        *(
            sheet.place(room_words(labels[code]), code, by_code.get(code))
            for code in rooms
        ),
    ]


def room_words(label: str) -> str:
    return _("Room %(label)s") % {"label": label}


def _labels(submission: Submission, results: dict[str, RoomResult]) -> dict[str, str]:
    if results:
        return {code: result.room.label for code, result in results.items()}
    codes = [room["id"] for room in submission.as_visit["rooms"]]
    rooms = submission.visit.house.rooms.filter(code__in=codes)
    return dict(rooms.values_list("code", "label"))


class Sheet:
    """Draws answers and facts of one submission in the language of the page."""

    def __init__(
        self,
        submission: Submission,
        *,
        confidential: bool = False,
        before: Json | None = None,
    ) -> None:
        self.checklist = submission.version.document
        self.visit = submission.as_visit
        self.before = before
        self.asked = _asked(submission.document)
        self.photos = _photos(submission)
        self.confidential = confidential
        self.language = (get_language() or "vi")[:2]

    def place(self, title: str, room: str | None, result: RoomResult | None) -> Place:
        lines: dict[str, list[Line]] = {}
        answers = here(self.visit, room)["answers"]
        for item in self.checklist["items"]:
            if self._belongs(item, room):
                line = self.line(item, room, answers.get(item["code"]))
                lines.setdefault(item["section"], []).append(line)
        parts = [
            Part(section["name"][self.language], lines[section["code"]])
            for section in self.checklist["sections"]
            if section["code"] in lines
        ]
        return Place(title, room or "house", self.facts(room), parts, result)

    def _belongs(self, item: Json, room: str | None) -> bool:
        if item["confidential"] and not self.confidential:
            return False
        return (item["scope"] == "room") is (room is not None)

    def line(self, item: Json, room: str | None, answer: Json | None) -> Line:
        told = answer or {}
        meaning = self._meaning(self.visit, item, room, answer)
        named = told.get("photos", [])
        found = [self.photos[sha256] for sha256 in named if sha256 in self.photos]
        return Line(
            code=item["code"],
            label=item["label"][self.language],
            answer=self._value(item, told),
            result=meaning["result"],
            severity=meaning["severity"],
            critical=meaning["critical"],
            confidential=item["confidential"],
            note=told.get("note", ""),
            photos=found,
            lost=len(named) - len(found),
            old=answer is not None and (item["code"], room) not in self.asked,
            before=self._before(item, room, meaning["result"]),
        )

    def _meaning(
        self, visit: Json, item: Json, room: str | None, answer: Json | None
    ) -> Json:
        facts = self._valid(visit, None)
        if room is not None:
            facts |= self._valid(visit, room)
        return rules.result_of(item, answer, facts, visit["visited_at"])

    def _valid(self, visit: Json, room: str | None) -> Json:
        given = here(visit, room)["facts"]
        return {
            fact["code"]: given[fact["code"]]
            for fact in self._facts_of(room)
            if fact["code"] in given and fact_is_valid(fact, given[fact["code"]])
        }

    def _before(self, item: Json, room: str | None, now: str) -> str:
        if self.before is None or not _knows(self.before, room):
            return ""
        answer = here(self.before, room)["answers"].get(item["code"])
        was: str = self._meaning(self.before, item, room, answer)["result"]
        return was if was != now else ""

    def _value(self, item: Json, answer: Json) -> str:
        said = []
        if "number" in answer:
            unit = item["unit"] or {}
            said.append(
                f"{self._number(answer['number'])} {unit.get(self.language, '')}"
            )
        if "choice" in answer:
            said.append(self._option(item, answer["choice"]))
        if answer.get("result") == "repaired":
            said.append(_("Repair accepted on a photo"))
        if answer.get("date"):
            said.append("/".join(reversed(answer["date"].split("-"))))
        return ", ".join(part.strip() for part in said)

    def _number(self, number: float) -> str:
        text = f"{number:.10g}"
        return text if self.language == "en" else text.replace(".", ",")

    def facts(self, room: str | None) -> list[tuple[str, str]]:
        given = here(self.visit, room)["facts"]
        return [
            (fact["label"][self.language], self.fact(fact, given[fact["code"]]))
            for fact in self._facts_of(room)
            if fact["code"] in given
        ]

    def _facts_of(self, room: str | None) -> list[Json]:
        scope = "house" if room is None else "room"
        return [fact for fact in self.checklist["facts"] if fact["scope"] == scope]

    def fact(self, fact: Json, value: Any) -> str:
        if fact["type"] == "boolean":
            return _("yes") if value else _("no")
        return self._option(fact, value) if fact["type"] == "choice" else str(value)

    def _option(self, of: Json, value: str) -> str:
        labels: Json = {option["value"]: option["label"] for option in of["options"]}
        text: str = labels[value][self.language]
        return text


def here(visit: Json, room: str | None) -> Json:
    """What was said of the house, or of a room, in the rules' input."""
    if room is None:
        house: Json = visit["house"]
        return house
    return next(each for each in visit["rooms"] if each["id"] == room)


def _knows(visit: Json, room: str | None) -> bool:
    return room is None or any(each["id"] == room for each in visit["rooms"])


def _asked(document: Json) -> set[tuple[str, str | None]]:
    """What this very pack answered."""
    places = [(None, document["house_part"])]
    places += [(room["id"], room) for room in document["rooms"]]
    return {(item, room) for room, place in places for item in place["answers"]}


def _photos(submission: Submission) -> dict[str, EvidencePhoto]:
    """By hash, of all visits at the house: an answer may name an earlier one's."""
    found = EvidencePhoto.objects.filter(
        submission__visit__house=submission.visit.house_id,
        submission__received_at__lte=submission.received_at,
    )
    return {photo.sha256: photo for photo in found.order_by("submission_id", "offset")}
