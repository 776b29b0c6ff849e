"""What the review page shows: each answer beside its photos, and what is other than before."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates import rules
from certificates.models import chain_of
from inspections.models import EvidencePhoto, RoomResult, Submission

Json = dict[str, Any]


class Shown(NamedTuple):
    """A line in the language of the page. `before` is the earlier result, if it was other."""

    code: str
    label: str
    answer: str
    result: str
    severity: str | None
    critical: bool
    note: str
    photos: list[EvidencePhoto]
    before: str

    @property
    def needs_a_look(self) -> bool:
        return self.result in {"fail", "unseen", "missing"} or bool(self.before)


class Part(NamedTuple):
    title: str
    lines: list[Shown]


class Place(NamedTuple):
    """The house (`result` is None) or a room."""

    title: str
    key: str
    parts: list[Part]
    result: RoomResult | None

    @property
    def to_look_at(self) -> list[Shown]:
        return [line for part in self.parts for line in part.lines if line.needs_a_look]


def places_of(submission: Submission, results: list[RoomResult]) -> list[Place]:
    checklist = submission.visit.version.document
    visit = submission.as_visit
    before = visit_before(submission)
    photos = _photos(submission)
    house = _parts(checklist, visit, before, None, photos)
    return [
        Place(_("House and management"), "house", house, None),
        *(
            Place(
                _("Room %(label)s") % {"label": result.room.label},
                result.room.code,
                _parts(checklist, visit, before, result.room.code, photos),
                result,
            )
            for result in results
        ),
    ]


def visit_before(submission: Submission) -> Json | None:
    """What was said last time: by the revision sent back, the visit followed, or the
    last visit of the house. None if the house was never seen, or asked otherwise.
    """
    earlier = _earlier(submission).select_related("visit__version").first()
    same = earlier and earlier.visit.version_id == submission.visit.version_id
    return earlier.as_visit if same else None


def _earlier(submission: Submission) -> QuerySet[Submission]:
    accepted = Submission.objects.accepted()
    if submission.revision > 1:
        return accepted.filter(
            visit=submission.visit_id, revision=submission.revision - 1
        )
    if submission.visit.follow_up_of_id:
        return accepted.filter(visit=submission.visit.follow_up_of_id).order_by(
            "-revision"
        )
    return (
        accepted.filter(
            visit__house=submission.visit.house_id,
            visited_at__lt=submission.visited_at,
        )
        .exclude(visit=submission.visit_id)
        .order_by("-visited_at")
    )


def _photos(submission: Submission) -> dict[str, EvidencePhoto]:
    """By hash; an answer may name one that an earlier revision or visit brought."""
    visits = [visit.pk for visit in chain_of(submission.visit)]
    found = EvidencePhoto.objects.filter(submission__visit__in=visits)
    return {photo.sha256: photo for photo in found.order_by("submission_id")}


def _parts(
    checklist: Json,
    visit: Json,
    before: Json | None,
    room: str | None,
    photos: dict[str, EvidencePhoto],
) -> list[Part]:
    lines = rules.lines(checklist, visit, room)
    earlier = rules.lines(checklist, before, room) if _knows(before, room) else []
    was = {new.item["code"]: old for old, new in rules.changes(earlier, lines)}
    language = _language()
    parts = [
        Part(
            section["name"][language],
            [
                _shown(line, was.get(line.item["code"]), photos)
                for line in lines
                if line.item["section"] == section["code"]
            ],
        )
        for section in checklist["sections"]
    ]
    return [part for part in parts if part.lines]


def _knows(visit: Json | None, room: str | None) -> bool:
    if visit is None:
        return False
    return room is None or room in {known["id"] for known in visit["rooms"]}


def _shown(
    line: rules.Line, before: rules.Line | None, photos: dict[str, EvidencePhoto]
) -> Shown:
    answer = line.answer or {}
    return Shown(
        code=line.item["code"],
        label=line.item["label"][_language()],
        answer=_value(line.item, answer),
        result=line.result,
        severity=line.severity,
        critical=line.critical,
        note=answer.get("note", ""),
        photos=[photos[key] for key in answer.get("photos", []) if key in photos],
        before=before.result if before else "",
    )


def _value(item: Json, answer: Json) -> str:
    """A number with its unit, or the choice, and a date; nothing for a bare result."""
    language = _language()
    said = []
    if "number" in answer:
        number = f"{answer['number']:g}"
        unit = (item.get("unit") or {}).get(language, "")
        said.append(
            f"{number if language == 'en' else number.replace('.', ',')} {unit}"
        )
    if "choice" in answer:
        said += [
            option["label"][language]
            for option in item["options"]
            if option["value"] == answer["choice"]
        ]
    if answer.get("result") == "repaired":
        said.append(_("Repair accepted on a photo"))
    if answer.get("date"):
        said.append("/".join(reversed(answer["date"].split("-"))))
    return ", ".join(part.strip() for part in said)


def blocking_words(result: RoomResult, items: dict[str, Json]) -> list[str]:
    """Why the rules say no, each reason in the language of the page."""
    return [_blocking(entry, items) for entry in result.blocking]


def _blocking(entry: Json, items: dict[str, Json]) -> str:
    why = {
        "fact": _("Not known: %(what)s"),
        "missing": _("Not answered: %(what)s"),
        "fail": _("Not yet met: %(what)s"),
        "unseen": _("Could not be seen: %(what)s"),
        "open": _("Still open from before: %(what)s"),
        "score": _("Too few points: %(what)s"),
    }
    scores = {
        "overall": _("overall"),
        "security": _("security"),
        "women": _("women's safety"),
    }
    known = items.get(entry["item"])
    what = known["label"][_language()] if known else entry["item"]
    if entry["why"] == "score":
        what = scores[entry["item"]]
    return why[entry["why"]] % {"what": what}


def _language() -> str:
    return (get_language() or "vi")[:2]
