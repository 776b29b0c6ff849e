"""All that the office knows of a house, gathered from the rooms that know it."""

from certificates import history
from core.models import Event
from desks.rooms import tell_worth
from inspections.models import Finding, Visit
from registry.models import House, Room
from registry.rules import label_key

LINES = 12
VISITS = 10


def rooms_of(house):
    rooms = sorted(house.rooms.current(), key=lambda room: label_key(room.label))
    tell_worth(rooms)
    return rooms


def visits_of(house):
    return list(
        Visit.objects.filter(house=house)
        .with_state()
        .select_related("inspector")
        .order_by("-planned_for", "-created_at")[:VISITS]
    )


def findings_of(house):
    """What is open, the commune's own tasks too."""
    findings = list(
        Finding.objects.filter(house=house)
        .open()
        .with_status()
        .urgent_first()
        .select_related("room")
        .prefetch_related("visit__version")
    )
    for finding in findings:
        finding.told = finding.words()["label"]
    return findings


def history_of(house):
    return history.lines(house, list(Event.objects.under(house)[:LINES]))


def gone_rooms_of(house):
    return Room.objects.filter(house=house).exclude(withdrawn_at=None).count()


def photos_of(house):
    """Of the gate, the yard, the common parts."""
    return list(house.photos.filter(room=None)[:6])


def lookalikes_of(house):
    """Other registrations that may be this very house."""
    return list(House.objects.registered().likely_duplicates(house)[:3])
