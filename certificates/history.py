"""The audit lines of a house in the office's words. A kind nobody put into words is shown too."""

import datetime as dt
from collections import defaultdict
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from certificates.models import Decision, Print
from core.models import Event, label
from core.templatetags.shown import day
from registry.models import House, Room


class Line(NamedTuple):
    icon: str
    sentence: str
    details: list[str]
    event: Event


SENTENCES = {
    "house.begun": ("house", _("The registration of the house was begun.")),
    "house.changed": ("pencil", _("Facts of the house were changed.")),
    "house.fees_set": ("money", _("The fees of the house were set.")),
    "house.registered": ("house", _("The house was registered with %(rooms)s rooms.")),
    "house.withdrawn": ("cross", _("The house was withdrawn.")),
    "room.added": ("plus", _("Room %(label)s was added.")),
    "rooms.added": ("plus", _("Rooms were added: %(labels)s.")),
    "room.changed": ("pencil", _("Facts of room %(room)s were changed.")),
    "room.rent_changed": ("money", _("The rent of room %(room)s was changed.")),
    "room.vacancy_set": ("door", _("Room %(room)s became free or full.")),
    "room.withdrawn": ("cross", _("Room %(room)s was withdrawn.")),
    "photo.added": ("photo", _("A photo was added.")),
    "photo.moved": ("photo", _("The photos were put in another order.")),
    "photo.removed": ("trash-bin", _("A photo was removed.")),
    "tie.declared": ("people", _("An inspector declared a tie to this house.")),
    "visit.planned": ("calendar", _("A visit was planned for %(planned_for)s.")),
    "visit.withdrawn": ("cross", _("A planned visit was withdrawn.")),
    "visit.received": ("tablet", _("A visit came in, with %(photos)s photos.")),
    "visit.differs": (
        "warning",
        _("The same visit came in again with other content; both are kept."),
    ),
    "visit.settled": (
        "people",
        _("Two records of a visit were compared; revision %(revision)s came of it."),
    ),
    "upload.forgotten": (
        "warning",
        _("A visit of which %(percent)s %% had come in was not sent on for 30 days."),
    ),
    "visit.rescued": ("tablet", _("The office took the visit in from a rescue file.")),
    "visit.returned": ("arrow-left", _("The visit was sent back to the inspector.")),
    "repair.claimed": ("camera", _("A repair was reported: %(item)s.")),
    "repair.verified": ("check", _("A repair was looked at.")),
    "finding.waived": ("info", _("Something is no longer asked for: %(item)s.")),
    "room.decided": ("shield", _("Room %(room)s was decided: %(outcome)s.")),
    "certificate.issued": (
        "certificate",
        _("Certificate %(number)s was issued for room %(room)s, until %(until)s."),
    ),
    "certificate.printed": (
        "print",
        _("Certificate %(number)s was printed: %(format)s."),
    ),
    "certificate.suspended": (
        "clock",
        _("Certificate %(number)s of room %(room)s was suspended."),
    ),
    "certificate.lifted": (
        "check",
        _("Certificate %(number)s of room %(room)s counts again."),
    ),
    "certificate.revoked": (
        "cross",
        _("Certificate %(number)s of room %(room)s was revoked."),
    ),
}
UNKNOWN = "%(kind)s"
OUTCOMES = dict(Decision.Outcome.choices)
FORMATS = dict(Print.Format.choices)


def lines(house: House, events: list[Event]) -> list[Line]:
    labels = {label(room): room.label for room in house.rooms.only("house", "label")}
    return [_line(event, labels) for event in events]


def _line(event: Event, labels: dict[str, str]) -> Line:
    icon, sentence = SENTENCES.get(event.kind, ("info", UNKNOWN))
    said: dict[str, str] = defaultdict(lambda: "?", kind=event.kind)
    if event.subject in labels:
        said["room"] = labels[event.subject]
    said |= {name: _said(name, value) for name, value in event.data.items()}
    return Line(icon, str(sentence) % said, _details(event), event)


def _said(name: str, value: Any) -> str:
    if name == "outcome":
        return str(OUTCOMES.get(value, value))
    if name == "format":
        return str(FORMATS.get(value, value))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if name in {"until", "planned_for"}:
        return day(dt.date.fromisoformat(value))
    return str(value)


def _details(event: Event) -> list[str]:
    reasons = [event.data[name] for name in ("because", "note") if event.data.get(name)]
    if event.kind in {"house.changed", "room.changed", "room.rent_changed"}:
        return _changes(event)
    if event.kind == "visit.received":
        return _found(event)
    return reasons


def _changes(event: Event) -> list[str]:
    model = House if event.kind.startswith("house") else Room
    before = event.data.get("before", {})
    return [
        f"{_field(model, name)}: {_value(before.get(name))} → {_value(value)}"
        for name, value in event.data.get("after", {}).items()
    ]


def _field(model: type, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def _value(value: Any) -> str:
    return "–" if value in (None, "") else str(value)


def _found(event: Event) -> list[str]:
    told = [
        (event.data.get("opened"), _opened),
        (event.data.get("closed"), _closed),
    ]
    return [words(len(found)) for found, words in told if found]


def _opened(count: int) -> str:
    text = ngettext(
        "%(count)d thing to be repaired", "%(count)d things to be repaired", count
    )
    return text % {"count": count}


def _closed(count: int) -> str:
    text = ngettext("%(count)d repaired", "%(count)d repaired", count)
    return text % {"count": count}
