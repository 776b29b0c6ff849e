"""How many there are of what: the table at the end, and what the test asks."""

from collections import Counter

from django.db.models import OuterRef, Subquery

from accounts.models import Membership
from certificates.models import Certificate, Decision, Suspension, waiting_results
from inspections.models import EvidencePhoto, Finding, RoomResult, Submission, Visit
from registry.models import House, Landlord, Photo, Room


def things() -> dict[str, int]:
    models = {
        "landlords": Landlord,
        "houses": House,
        "rooms": Room,
        "visits": Visit,
        "decisions": Decision,
        "certificates": Certificate,
        "findings": Finding,
        "photos of landlords": Photo,
        "photos of inspectors": EvidencePhoto,
        "roles of staff": Membership,
    }
    return {name: model.objects.count() for name, model in models.items()}


def rooms() -> Counter:
    """Every room in the state in which its landlord finds it today."""
    certificates = _certificates()
    resting = set(
        Suspension.objects.filter(lifted_by=None).values_list(
            "certificate__room", flat=True
        )
    )
    waiting = set(waiting_results().values_list("room", flat=True))
    returned = _returned()
    refused = set(
        Decision.objects.filter(outcome="refuse").values_list("room", flat=True)
    )
    seen = set(RoomResult.objects.values_list("room", flat=True))
    states: Counter = Counter()
    for room in Room.objects.select_related("house"):
        if room.withdrawn_at or room.house.withdrawn_at:
            states["withdrawn"] += 1
        elif room.house.is_draft:
            states["of a draft house"] += 1
        elif room.pk in certificates:
            status = certificates[room.pk]
            by_person = status == "suspended" and room.pk in resting
            states[
                {"suspended": "suspended by a finding"}.get(status, status)
                if not by_person
                else "suspended by a person"
            ] += 1
        elif room.pk in waiting:
            states["in review"] += 1
        elif room.pk in returned:
            states["returned to the inspector"] += 1
        elif room.pk in refused:
            states["refused"] += 1
        else:
            states["seen, undecided" if room.pk in seen else "never visited"] += 1
    return states


def certificates() -> Counter:
    found = Certificate.objects.with_status().values_list("status", flat=True)
    return Counter(found)


def findings() -> Counter:
    found = Finding.objects.with_status().values_list("status", flat=True)
    return Counter(found)


def visits() -> Counter:
    return Counter(Visit.objects.with_state().values_list("state", flat=True))


def houses() -> Counter:
    return Counter(
        "withdrawn"
        if house.withdrawn_at
        else "draft"
        if house.is_draft
        else "registered"
        for house in House.objects.all()
    )


def _certificates() -> dict[int, str]:
    """The status of each room's newest certificate."""
    newest = (
        Certificate.objects.filter(room=OuterRef("room"))
        .order_by("-issued_at", "-pk")
        .values("pk")[:1]
    )
    found = Certificate.objects.filter(pk=Subquery(newest)).with_status()
    return {certificate.room_id: certificate.status for certificate in found}


def _returned() -> set[int]:
    newest = Submission.objects.newest().filter(returned__isnull=False)
    return set(
        RoomResult.objects.filter(submission__in=newest).values_list("room", flat=True)
    )
