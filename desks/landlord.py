"""What a landlord's first page gathers: what needs doing, and how the houses stand."""

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Status
from core import clock
from desks.rooms import CERTIFIED, tell_worth
from inspections.models import EvidencePhoto, Finding, Visit
from inspections.views.history import picture_of
from registry.models import House, Room
from registry.rules import label_key

ENDS_SOON = dt.timedelta(days=60)
# Two duties that are often taken for one another, and what follows when a lease ends.
DUTIES = ["law-118-2025-art-4", "law-68-2020-art-27", "circular-116-2026-art-12"]


def findings_of(user):
    """Open findings, each with its words and, if the visit took one, a picture."""
    findings = list(
        Finding.objects.of(user)
        .for_landlord()
        .in_use()
        .open()
        .with_status()
        .urgent_first()
        .select_related("house", "room")
        .prefetch_related("visit__version")
    )
    photos = EvidencePhoto.objects.of_findings(findings)
    for finding in findings:
        finding.told = finding.words()
        finding.address = reverse("inspections:finding", args=[finding.pk])
        finding.card = _card(finding, photos[finding.pk])
    return findings


def _card(finding, photos):
    """As `components/_finding_card.html` wants it."""
    room = finding.room
    place = (
        _("room %(label)s") % {"label": room.label} if room else _("the whole house")
    )
    return {
        "what": finding.told["label"],
        "where": f"{finding.house}, {place}",
        "severity": finding.severity,
        "state": "overdue" if finding.status == "overdue" else "",
        "due": finding.due_at,
        "repair": finding.told["repair"],
        "photo_url": picture_of(photos[0]) if photos else "",
    }


def houses_of(user):
    """Her houses with their rooms, each with what it is worth to a worker now."""
    visits = Visit.objects.filter(house=OuterRef("pk"))
    houses = list(
        House.objects.of(user)
        .current()
        .select_related("commune")
        .annotate(
            visited=Exists(visits.received()),
            visit_on=Subquery(visits.planned().values("planned_for")[:1]),
        )
        .prefetch_related(Prefetch("rooms", Room.objects.current(), to_attr="let"))
        .order_by("registered_at", "pk")
    )
    for house in houses:
        house.let.sort(key=lambda room: label_key(room.label))
    tell_worth([room for house in houses for room in house.let])
    return houses


def ending_soon(houses):
    """Rooms whose certificate ends within sixty days, as (day, house, rooms) in order."""
    last_day = clock.today() + ENDS_SOON
    together = defaultdict(list)
    for house in houses:
        for room in house.let:
            if _counts(room.paper) and room.paper.valid_until <= last_day:
                together[room.paper.valid_until, house.pk].append(room)
    return [
        (day, rooms[0].house, rooms) for (day, _), rooms in sorted(together.items())
    ]


def _counts(paper):
    """A suspended one counts again when its danger is gone."""
    return paper is not None and paper.status in (*CERTIFIED, Status.SUSPENDED)
