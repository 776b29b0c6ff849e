"""What a tablet takes along for a day: docs/reference/pack.md."""

import datetime as dt
import hashlib
import json
from collections import defaultdict

from django.db.models import Prefetch, Q
from django.urls import reverse

from core import clock
from inspections import pack as packs
from inspections.models import (
    ChecklistVersion,
    EvidencePhoto,
    Finding,
    Submission,
    Visit,
)
from inspections.permissions import houses_of_inspector
from registry.models import House, Room

BEFORE = ("visited_at", "house", "rooms")
WITHDRAWN_SHOWN = dt.timedelta(days=30)
PHOTOS_SHOWN = 3  # of a finding


def day_of(inspector, day):
    """The day's content and its ETag, which does not depend on the hour."""
    visits = list(_visits(inspector, day))
    houses = {visit.house_id for visit in visits}
    seal, point = packs.public_key()
    findings = findings_of(houses, with_photos=True)
    known = findings, _repaired(visits), _pictures(visits)
    content = {
        "registry": "safe-rooms",
        "day": day.isoformat(),
        "inspector": {"id": inspector.pk, "name": inspector.full_name},
        "checklists": [_version(version) for version in _versions(visits)],
        "visits": [_visit(visit, day, *known) for visit in visits],
        "withdrawn": _withdrawn(inspector),
        "seal": {"id": seal, "key": packs.base64url(point)},
        "ticket": _ticket(inspector),
    }
    etag = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return content, f'"{etag[:32]}"'


def _ticket(inspector):
    """With it she proves later whose visit is sent: of today, whatever day she asks for."""
    today = clock.today()
    key = packs.ticket(inspector.pk, today)
    return {"issued": f"{today:%Y%m%d}", "key": packs.base64url(key)}


def unplanned(visit):
    """A house that nobody planned to visit, in the shape of a day's visit without its id."""
    visit.newest = []
    findings = findings_of([visit.house_id])
    found = _visit(visit, visit.planned_for, findings, {}, {visit.pk: {}})
    del found["id"]
    return found


def _visits(inspector, day):
    newest = Submission.objects.newest().select_related("returned")
    return (
        Visit.objects.of(inspector)
        .to_do()
        .filter(Q(planned_for__lte=day) | Q(received_at__isnull=False))
        .select_related("version", "house__commune", "house__landlord")
        .defer("version__document")
        .prefetch_related(
            rooms_in_use("house__rooms"),
            Prefetch("submissions", newest, to_attr="newest"),
            Prefetch("follow_up_of__submissions", newest, to_attr="newest"),
            "follow_up_of__newest__room_results__room",
        )
        .order_by("planned_for", "created_at", "id")
    )


def rooms_in_use(path="rooms"):
    rooms = Room.objects.filter(withdrawn_at=None).order_by("floor", "label")
    return Prefetch(path, rooms)


def _versions(visits):
    """The one now published, for unplanned visits too, and all that the visits ask for."""
    used = {visit.version for visit in visits}
    return sorted(
        used | set(ChecklistVersion.objects.published().defer("document")),
        key=lambda version: (version.checklist, version.number),
    )


def _version(version):
    return {
        "checklist": version.checklist,
        "version": version.number,
        "sha256": version.sha256,
        "current": version.state == ChecklistVersion.State.PUBLISHED,
        "url": reverse("checklist-document", args=[version.checklist, version.number]),
    }


def _visit(visit, day, findings, repaired, pictures):
    before = _before(visit)
    return {
        "id": str(visit.pk),
        "revision": visit.newest[0].revision + 1 if visit.newest else 1,
        "planned_for": visit.planned_for.isoformat(),
        "late": visit.planned_for < day,
        "checklist": visit.version.checklist,
        "version": visit.version.number,
        "follow_up_of": visit.follow_up_of_id and str(visit.follow_up_of_id),
        "house": house_told(visit.house),
        "facts": facts_told(visit.house),
        "rooms": [room_told(room) for room in visit.house.rooms.all()],
        "open_findings": findings[visit.house_id],
        "ask": before and _ask(before, findings[visit.house_id]),
        "before": before and {name: before.as_visit[name] for name in BEFORE},
        "repaired": repaired[visit.pk] if before else [],
        "pictures": pictures[visit.pk],
        "returned": _returned(visit.newest[0]) if visit.newest else None,
    }


def _before(visit):
    """The submission that a follow-up starts from."""
    newest = visit.follow_up_of.newest if visit.follow_up_of_id else []
    return newest[0] if newest else None


def house_told(house):
    return {
        "number": house.number,
        "name": house.name,
        "address": house.address,
        "street": house.street,
        "hamlet": house.hamlet,
        "commune": house.commune.name,
        "landmark": house.landmark,
        "latitude": house.latitude and str(house.latitude),
        "longitude": house.longitude and str(house.longitude),
        "landlord": house.landlord.full_name,
        "kind": house.kind,
        "floors": house.floors,
        "gate": house.gate,
        "gate_closes": house.gate_closes and f"{house.gate_closes:%H:%M}",
        "gate_opens": house.gate_opens and f"{house.gate_opens:%H:%M}",
    }


def facts_told(house):
    """What the registry knows, in the codes of the checklist's facts."""
    return {
        "floors": house.floors,
        "rooms": len(house.rooms.all()),
        "well": house.water != House.Water.PIPED,
        "cameras": house.has_cameras,
        "children": house.has_children,
        "vehicles": house.parking != House.Parking.NONE,
    }


def room_told(room):
    return {
        "id": room.code,
        "label": room.label,
        "floor": room.floor,
        "area": str(room.area),
        "max_people": room.max_people,
        "has_loft": room.has_loft,
    }


def findings_of(houses, *, with_photos=False):
    """Open findings by house, in the shape of the rules' input and a little more."""
    found = defaultdict(list)
    rows = Finding.objects.open().filter(house__in=houses).select_related("room")
    findings = list(rows.order_by("room__label", "item"))
    photos = EvidencePhoto.objects.of_findings(findings) if with_photos else {}
    for finding in findings:
        shown = photos.get(finding.pk, [])[:PHOTOS_SHOWN]
        found[finding.house_id].append(
            finding.as_open
            | {
                "since": finding.since,
                "photos": {photo.sha256: _address(photo.pk) for photo in shown},
            }
        )
    return found


def _address(photo):
    return reverse("evidence", args=[photo, "small"])


def _repaired(visits):
    """By follow-up: what needs no second look since the visit before."""
    done = defaultdict(list)
    before = {visit.pk: _before(visit) for visit in visits}
    rows = (
        Finding.objects.settled_on_paper()
        .filter(house__in={visit.house_id for visit in visits if before[visit.pk]})
        .select_related("room")
    )
    for finding in rows:
        for visit in visits:
            start = before[visit.pk]
            same = visit.house_id == finding.house_id
            if start and same and finding.closed_at >= start.received_at:
                done[visit.pk].append(finding.place)
    return done


def _pictures(visits):
    """By visit: where the photos are that it, or the one it follows, brought; by SHA-256.

    What a tenant said in private has none, and would not be shown.
    """
    found = defaultdict(dict)
    ids = {visit.pk for visit in visits} | {visit.follow_up_of_id for visit in visits}
    photos = (
        EvidencePhoto.objects.shown()
        .filter(submission__visit__in=ids - {None})
        .values_list("submission__visit", "sha256", "pk")
        .order_by("pk")
    )
    for visit, sha256, pk in photos:
        found[visit][sha256] = _address(pk)
    return {
        visit.pk: found[visit.follow_up_of_id] | found[visit.pk] for visit in visits
    }


def _ask(before, open_findings):
    """Where a follow-up looks: what is open, and what could not be said last time."""
    places = [{name: f[name] for name in ("item", "room")} for f in open_findings]
    for result in before.room_results.all():
        for entry in result.blocking:
            place = {"item": entry["item"], "room": entry["room"]}
            if entry["why"] in ("missing", "unseen", "fact") and place not in places:
                places.append(place)
    return places


def _returned(submission):
    return {
        "note": submission.returned.note,
        "at": clock.iso(submission.returned.at),
        "document": submission.document,
    }


def _withdrawn(inspector):
    """Visits that were called off, and those to houses that left the registry meanwhile;
    also houses alone, where a visit may have begun that nobody has heard of yet.
    """
    visits = Visit.objects.of(inspector).select_related("house")
    since = clock.now() - WITHDRAWN_SHOWN
    called_off = Q(withdrawn_at__gte=since)
    gone = Q(withdrawn_at=None, received_at=None, house__withdrawn_at__gte=since)
    houses = houses_of_inspector(inspector).filter(withdrawn_at__gte=since)
    return [
        {
            "id": str(visit.pk),
            "house": visit.house.number,
            "what": "visit" if visit.withdrawn_at else "house",
            "because": visit.withdrawn_because or visit.house.withdrawn_because,
        }
        for visit in visits.filter(called_off | gone).order_by("created_at", "id")
    ] + [
        {"id": None, "house": number, "what": "house", "because": because}
        for number, because in houses.order_by("withdrawn_at", "id").values_list(
            "number", "withdrawn_because"
        )
    ]
