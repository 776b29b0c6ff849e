"""A visit as a person reads it: place by place, section by section, photos beside.

Used by the office's page of a visit, and by whoever else shows answers with
templates/inspections/_answers.html. What a tenant said in private is left out unless the
caller says that the reader may see it.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from inspections import rules
from inspections.models import EvidencePhoto, RoomResult, Submission

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


class Part(NamedTuple):
    title: str
    lines: list[Line]


class Place(NamedTuple):
    """The house (`result` is None) or a room."""

    title: str
    key: str
    facts: list[tuple[str, str]]
    parts: list[Part]
    result: RoomResult | None


def places_of(submission: Submission, *, confidential: bool = False) -> list[Place]:
    sheet = _Sheet(submission, confidential)
    results = submission.room_results.select_related("room").order_by("room__label")
    return [
        sheet.place(_("House and management"), None, None),
        *(
            sheet.place(
                _("Room %(label)s") % {"label": result.room.label},
                result.room.code,
                result,
            )
            for result in results
        ),
    ]


class _Sheet:
    def __init__(self, submission: Submission, confidential: bool) -> None:
        self.checklist = submission.visit.version.document
        self.visit = submission.as_visit
        self.asked = _asked(submission.document)
        self.photos = _photos(submission)
        self.confidential = confidential
        self.language = (get_language() or "vi")[:2]

    def place(self, title: str, room: str | None, result: RoomResult | None) -> Place:
        here = self._here(room)
        house = self.visit["house"]["facts"]
        facts = house if room is None else house | here["facts"]
        lines: dict[str, list[Line]] = {}
        for item in self.checklist["items"]:
            if self._belongs(item, room):
                line = self._line(item, room, here["answers"], facts)
                lines.setdefault(item["section"], []).append(line)
        parts = [
            Part(section["name"][self.language], lines[section["code"]])
            for section in self.checklist["sections"]
            if section["code"] in lines
        ]
        return Place(title, room or "house", self._facts(room, here), parts, result)

    def _here(self, room: str | None) -> Json:
        if room is None:
            return self.visit["house"]
        return next(each for each in self.visit["rooms"] if each["id"] == room)

    def _belongs(self, item: Json, room: str | None) -> bool:
        if item["confidential"] and not self.confidential:
            return False
        return (item["scope"] == "room") is (room is not None)

    def _line(self, item: Json, room: str | None, answers: Json, facts: Json) -> Line:
        answer = answers.get(item["code"])
        told = answer or {}
        meaning = rules.result_of(item, answer, facts, self.visit["visited_at"])
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
        )

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

    def _facts(self, room: str | None, here: Json) -> list[tuple[str, str]]:
        scope = "house" if room is None else "room"
        return [
            (fact["label"][self.language], self._fact(fact, here["facts"]))
            for fact in self.checklist["facts"]
            if fact["scope"] == scope and fact["code"] in here["facts"]
        ]

    def _fact(self, fact: Json, facts: Json) -> str:
        value = facts[fact["code"]]
        if fact["type"] == "boolean":
            return _("yes") if value else _("no")
        return self._option(fact, value) if fact["type"] == "choice" else str(value)

    def _option(self, of: Json, value: str) -> str:
        labels = {option["value"]: option["label"] for option in of["options"]}
        return labels[value][self.language]


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


# --- what stands beside the answers -----------------------------------------------------

FLAGS = {
    "visit_withdrawn": gettext_lazy("The visit had been withdrawn before it came in."),
    "house_withdrawn": gettext_lazy(
        "The house had been withdrawn before the visit came in."
    ),
    "room_withdrawn": gettext_lazy(
        "A room had been withdrawn before the visit came in."
    ),
    "no_role": gettext_lazy("The inspector's role in this commune had ended."),
    "unplanned": gettext_lazy("Nobody had planned this visit."),
    "clock_skew": gettext_lazy("The tablet's clock was wrong."),
    "clock_unknown": gettext_lazy("The tablet did not tell what its clock says."),
    "clock_changed": gettext_lazy("The tablet's clock was changed during the visit."),
    "photos_missing": gettext_lazy("An answer names a photo that never came."),
    "other_version": gettext_lazy(
        "Another version of the checklist was used than planned."
    ),
}
SKEW_SHOWN = dt.timedelta(minutes=1)


class Signature(NamedTuple):
    label: str
    box: str  # viewBox of the drawing
    path: str


def flags_of(submission: Submission) -> list[str]:
    """What a person should know about how it came in, in words."""
    return [str(FLAGS[flag]) for flag in submission.flags]


def skew_of(submission: Submission) -> str:
    """How far the tablet's clock was from the server's; nothing if it hardly was."""
    skew = dt.timedelta(milliseconds=submission.clock_skew_ms)
    if abs(skew) < SKEW_SHOWN:
        return ""
    amount = _duration(abs(skew))
    if skew > dt.timedelta():
        return _("%(amount)s ahead") % {"amount": amount}
    return _("%(amount)s behind") % {"amount": amount}


def _duration(length: dt.timedelta) -> str:
    minutes = length // dt.timedelta(minutes=1)
    if minutes < 120:
        text = ngettext("%(count)d minute", "%(count)d minutes", minutes)
        return text % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def signatures_of(submission: Submission) -> list[Signature]:
    labels = {"inspector": _("Inspector"), "landlord": _("Landlord")}
    return [
        Signature(labels[signed["role"]], _box(strokes), _path(strokes))
        for signed in submission.document["signatures"]
        if (strokes := [stroke for stroke in signed["strokes"] if stroke])
    ]


def _box(strokes: list[list[list[float]]]) -> str:
    across = [x for stroke in strokes for x, _y in stroke]
    down = [y for stroke in strokes for _x, y in stroke]
    left, top, edge = min(across), min(down), 10
    width, height = max(across) - left, max(down) - top
    return f"{left - edge} {top - edge} {width + 2 * edge} {height + 2 * edge}"


def _path(strokes: list[list[list[float]]]) -> str:
    return "".join("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes)
