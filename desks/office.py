"""What waits for a member of staff, by her roles: a few rows of each list, and how many."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from accounts.permissions import has_role, within
from certificates.models import waiting_submissions
from certificates.permissions import office_certificates, reviewable
from core import clock
from desks import handbooks
from desks.blocks import ROWS, Block, Row
from desks.coming_in import troubles, uploads
from handbooks.permissions import can_edit, can_hold_events, can_order
from inspections.models import Finding, Visit
from inspections.permissions import READERS, repairs_to_verify

ENDS_WITHIN = 60  # days


def blocks_for(user: User) -> list[Block]:
    """In the order of what cannot wait."""
    reads = any(has_role(user, role) for role in READERS)
    makers = [
        (reviews, has_role(user, Role.REVIEWER)),
        (repairs, reads),
        (follow_ups, has_role(user, Role.COORDINATOR)),
        (visits, reads),
        (uploads, reads),
        (returned, reads),
        (ending, reads),
        (troubles, reads),
        (handbooks.editions, can_edit(user)),
        (handbooks.laws, can_edit(user)),
        (handbooks.comments, can_edit(user)),
        (handbooks.questions, can_edit(user)),
        (handbooks.reprints, can_order(user)),
        (handbooks.expected, can_order(user)),
        (handbooks.events, can_hold_events(user)),
    ]
    return [make(user) for make, may in makers if may]


def reviews(user):
    dangers = Finding.objects.open().critical().for_landlord()
    waiting = reviewable(waiting_submissions(), user, "visit__house").annotate(
        danger=Exists(dangers.filter(house=OuterRef("visit__house")))
    )
    facts = waiting.aggregate(
        count=Count("pk"), urgent=Count("pk", filter=Q(danger=True))
    )
    first = (
        waiting.select_related("visit__house__commune", "visit__inspector")
        .defer("document", "merged")
        .order_by("-danger", "received_at", "pk")[:ROWS]
    )
    told = _("%(count)d with an open danger") % {"count": facts["urgent"]}
    rows = [
        Row(
            str(row.visit.house),
            reverse("certificates:review", args=[row.pk]),
            f"{row.visit.house.commune} · {row.visit.inspector}",
            row.received_at,
            state="K" if row.danger else "",
        )
        for row in first
    ]
    return Block(
        "reviews",
        "shield",
        _("Visits to review"),
        facts["count"],
        told if facts["urgent"] else "",
        reverse("certificates:reviews"),
        rows,
    )


def repairs(user):
    waiting = repairs_to_verify(user)
    first = (
        waiting.select_related("finding__house__commune", "finding__room")
        .prefetch_related("finding__visit__version")
        .order_by("pk")[:ROWS]
    )
    rows = [
        Row(
            row.finding.words()["label"],
            reverse("inspections:repair", args=[row.pk]),
            f"{row.finding.house} · {row.finding.house.commune}",
            row.at,
            state=row.finding.severity,
        )
        for row in first
    ]
    return Block(
        "repairs",
        "camera",
        _("Repairs to look at"),
        waiting.count(),
        "",
        reverse("inspections:repairs"),
        rows,
    )


def follow_ups(user):
    needing = within(
        Visit.objects.needing_follow_up(), user, [Role.COORDINATOR], "house__commune"
    )
    first = needing.select_related("house__commune")[:ROWS]
    rows = [
        Row(
            str(row.house),
            f"{reverse('inspections:plan', args=[row.house.number])}?follows={row.pk}",
            str(row.house.commune),
            row.due_at,
            due=True,
            state="K" if row.grave else "",
        )
        for row in first
    ]
    return Block(
        "follow_ups",
        "calendar",
        _("Houses to visit again"),
        needing.count(),
        "",
        reverse("inspections:follow_ups"),
        rows,
    )


def visits(user):
    """Planned for today, and those whose day has passed without anything received."""
    today = clock.today()
    planned = _visits(user).planned().filter(planned_for__lte=today)
    facts = planned.aggregate(
        count=Count("pk"), late=Count("pk", filter=Q(planned_for__lt=today))
    )
    told = _("%(count)d late") % {"count": facts["late"]}
    return Block(
        "visits",
        "tablet",
        _("Visits of today, and late ones"),
        facts["count"],
        told if facts["late"] else "",
        reverse("inspections:visits") + "?state=planned",
        [_visit(row, due=True) for row in _first(planned)],
    )


def returned(user):
    sent_back = _visits(user).with_state().filter(state="returned")
    return Block(
        "returned",
        "arrow-left",
        _("Sent back to the inspector"),
        sent_back.count(),
        "",
        reverse("inspections:visits") + "?state=returned",
        [_visit(row) for row in _first(sent_back)],
    )


def _visits(user):
    return within(Visit.objects.all(), user, READERS, "house__commune")


def _first(visits):
    nearest = visits.select_related("house__commune", "inspector")
    return nearest.order_by("planned_for", "created_at")[:ROWS]


def _visit(visit, *, due=False):
    return Row(
        str(visit.house),
        reverse("inspections:visit", args=[visit.pk]),
        f"{visit.house.commune} · {visit.inspector}",
        visit.planned_for,
        due=due,
    )


def ending(user):
    """By house: its certificates mostly end on one day."""
    soon = office_certificates(user).ending_within(ENDS_WITHIN)
    together = (
        soon.values(
            "room__house__number",
            "room__house__name",
            "room__house__address",
            "room__house__commune__name",
            after=Upper("period"),
        )
        .annotate(count=Count("pk"))
        .order_by("after", "room__house__number")[:ROWS]
    )
    return Block(
        "ending",
        "certificate",
        _("Certificates that end within 60 days"),
        soon.count(),
        "",
        f"{reverse('certificates:certificates')}?ending={ENDS_WITHIN}",
        [_ending_together(**row) for row in together],
    )


def _ending_together(*, after, count, **house):
    rooms = ngettext("%(count)d room", "%(count)d rooms", count) % {"count": count}
    return Row(
        house["room__house__name"] or house["room__house__address"],
        reverse("desks:house", args=[house["room__house__number"]]),
        f"{house['room__house__commune__name']} · {rooms}",
        after - dt.timedelta(days=1),
        due=True,
    )
