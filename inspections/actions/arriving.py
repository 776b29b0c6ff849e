"""What can be said of a pack before its photos are read and anything is locked."""

import datetime as dt
import functools
import uuid
from typing import Any, NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from inspections import pack as packs
from inspections import rules
from inspections.actions.timing import SKEW_FLAGGED, DeviceClock, clock_of, time
from inspections.models import ChecklistVersion, EvidencePhoto, Tie, Visit
from inspections.models import known as known_visits
from inspections.permissions import can_begin, can_inspect, can_send
from registry.models import House, Room

Json = dict[str, Any]
# An honest device whose clock is wrong can cause these; the rules count such an answer
# as missing, so nothing is lost by taking the visit in.
OF_THE_CLOCK = {"date_in_future", "date_too_far"}
MOST_PROBLEMS = 20


class Arrival(NamedTuple):
    """What is known before the transaction."""

    visit: Visit  # not yet stored, if it began on the tablet
    version: ChecklistVersion
    rooms: dict[str, Room]
    document: Json
    device: DeviceClock
    flags: list[str]
    by: User
    untouched: bool  # planned, nothing received of it, nothing open at its house


def look(
    visit_id: uuid.UUID, document: Json, device_time: dt.datetime | None, by: User
) -> Arrival:
    """All that can be refused before the photos are read."""
    problems = packs.problems_of_document(document, visit_id)
    _refuse(problems)
    known = _known(visit_id, by)
    visit = known.visit if known else _unplanned(visit_id, document, by)
    if known.tied if known else _is_tied(visit, by):
        message = _("A colleague has to visit this house: you are tied to it.")
        raise Refused("tied", message)
    version = _version(visit, document)
    rooms = known.rooms if known else {r.code: r for r in visit.house.rooms.all()}
    now = clock.now()
    sending = device_time - now if device_time else None
    device = clock_of(document, sending, now)
    untouched = known is not None and known.untouched
    arrival = Arrival(visit, version, rooms, document, device, [], by, untouched)
    _refuse(_problems(arrival))
    arrival.flags.extend(_flags(arrival))
    return arrival


def _refuse(problems: list[Json]) -> None:
    if problems:
        raise Refused(
            "invalid_answers",
            _("The registry cannot read some answers of this visit."),
            status=422,
            problems=problems[:MOST_PROBLEMS],
        )


def _known(visit_id: uuid.UUID, by: User) -> known_visits.Known | None:
    """The inspector's own visit; somebody else's is not found."""
    found = known_visits.ask(visit_id, by)
    if found and not can_send(by, found.visit):
        raise Http404
    return found


def _is_tied(visit: Visit, by: User) -> bool:
    return Tie.objects.filter(house=visit.house_id, inspector=by).exists()


def _unplanned(visit_id: uuid.UUID, document: Json, by: User) -> Visit:
    houses = House.objects.exclude(registered_at=None).select_related("commune")
    house = houses.filter(number=document["house"]).first()
    if house is None or not can_begin(by, house):
        raise Http404
    return Visit(
        id=visit_id,
        house=house,
        inspector=by,
        follow_up_of_id=document["follow_up_of"],
        planned_for=document["planned_for"],
        received_at=clock.now(),
    )


def _version(visit: Visit, document: Json) -> ChecklistVersion:
    """What the tablet asked with. It counts, also if it is not what was planned."""
    named = document["checklist"], document["version"]
    if visit.version_id and (visit.version.checklist, visit.version.number) == named:
        return visit.version
    version = (
        ChecklistVersion.objects.usable()
        .filter(checklist=named[0], number=named[1])
        .defer("document")
        .first()
    )
    if version is None:
        _refuse([{"path": "version", "code": "unknown_version"}])
    is_known = not visit._state.adding
    if is_known and visit.received_at and not _is_second_record(visit, document):
        _refuse([{"path": "version", "code": "other_version"}])
    return version


def _is_second_record(visit: Visit, document: Json) -> bool:
    """What is kept beside another record may have asked otherwise; a later revision not."""
    revision = document["revision"]
    return visit.submissions.accepted().filter(revision=revision).exists()


@functools.lru_cache(maxsize=8)
def checklist_of(version_id: int, sha256: str) -> Json:
    """A published document never changes, so a process reads it once."""
    version = ChecklistVersion.objects.get(pk=version_id, sha256=sha256)
    return rules.prepared(version.document)


def _problems(arrival: Arrival) -> list[Json]:
    visit, document = arrival.visit, arrival.document
    checklist = checklist_of(arrival.version.pk, arrival.version.sha256)
    found = [] if document["house"] == visit.house.number else ["house"]
    follow_up = visit.follow_up_of_id and str(visit.follow_up_of_id)
    if document["follow_up_of"] != follow_up or not _followed_exists(visit):
        found.append("follow_up_of")
    problems = [{"path": path, "code": "bad_value"} for path in found]
    problems += _problems_of_answers(arrival, checklist)
    items = {item["code"] for item in checklist["items"]}
    problems += [
        {"path": f"photos[{number}].item", "code": "unknown_item"}
        for number, photo in enumerate(document["photos"])
        if photo["item"] not in items
    ]
    return problems


def _followed_exists(visit: Visit) -> bool:
    if not visit._state.adding or visit.follow_up_of_id is None:
        return True
    return visit.house.visits.received().filter(pk=visit.follow_up_of_id).exists()


def _problems_of_answers(arrival: Arrival, checklist: Json) -> list[Json]:
    document = arrival.document
    read = {
        "visited_at": clock.iso(clock.now()),
        "house": document.get("house_part"),
        "rooms": document.get("rooms"),
    }
    problems = [
        {**problem, "path": _path(problem["path"])}
        for problem in rules.problems_of_visit(checklist, read)
        if problem["code"] not in OF_THE_CLOCK
    ]
    if problems:
        return problems
    return [
        {"path": f"rooms[{number}].id", "code": "unknown_room"}
        for number, room in enumerate(document["rooms"])
        if room["id"] not in arrival.rooms
    ]


def _path(path: str) -> str:
    """The rules call the pack's `house_part` `house`."""
    return "house_part" + path[5:] if path.startswith("house") else path


def _flags(arrival: Arrival) -> list[str]:
    visit, document, ahead = arrival.visit, arrival.document, arrival.device.ahead
    rooms = [arrival.rooms[room["id"]] for room in document["rooms"]]
    facts = {
        "visit_withdrawn": visit.withdrawn_at,
        "house_withdrawn": visit.house.withdrawn_at,
        "room_withdrawn": any(room.withdrawn_at for room in rooms),
        "no_role": not can_inspect(arrival.by, visit.house),
        "unplanned": visit.planned_by_id is None,
        "clock_unknown": ahead is None,
        "clock_skew": ahead and abs(ahead) > SKEW_FLAGGED,
        "clock_set": arrival.device.was_set,
        "clock_changed": time(document["finished_at"]) < time(document["started_at"]),
        "photos_missing": photos_are_missing(visit, document),
        "no_room_for_photos": document.get("no_room") is True,
        "other_version": visit.version_id and visit.version_id != arrival.version.pk,
    }
    return [flag for flag, holds in facts.items() if holds]


def photos_are_missing(visit: Visit, document: Json) -> bool:
    """Whether an answer names a photo that is neither here nor in an earlier pack."""
    named = {
        sha256
        for place in (document["house_part"], *document["rooms"])
        for answer in place["answers"].values()
        for sha256 in answer.get("photos", [])
    } - {photo["sha256"] for photo in document["photos"]}
    if not named:
        return False
    visits = {visit.pk, visit.follow_up_of_id}
    known = EvidencePhoto.objects.filter(submission__visit__in=visits - {None})
    found = known.filter(sha256__in=named).values_list("sha256", flat=True)
    return not named <= set(found)
