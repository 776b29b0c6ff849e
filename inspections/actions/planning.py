"""Who visits which house when."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from inspections.models import ChecklistVersion, Tie, Visit
from inspections.permissions import can_inspect
from registry.models import House


@transaction.atomic
def declare_tie(*, inspector: User, house: House, kind: str, by: User) -> Tie:
    """Keep that an inspector is tied to a house; her open visits there are withdrawn."""
    house = _locked(house)
    tie = Tie(inspector=inspector, house=house, kind=kind)
    tie.full_clean()
    tie.save()
    # What kind of tie it is stays with the tie: the house's history is read by many.
    record("tie.declared", tie, by=by, under=house)
    for visit in Visit.objects.of(inspector).planned().filter(house=house):
        withdraw_visit(visit=visit, because=_("The inspector is tied"), by=by)
    return tie


@transaction.atomic
def plan_visit(
    *,
    house: House,
    inspector: User,
    planned_for: dt.date,
    follow_up_of: Visit | None = None,
    by: User,
) -> Visit:
    """Send an inspector to a house on a day.

    A follow-up asks with the version of the visit it follows, because it asks only what
    is open there.
    """
    house = _locked(house)
    _refuse_house(house)
    _refuse_inspector(inspector, house)
    if planned_for < clock.today():
        raise Refused("in_the_past", _("Choose today or a later day."))
    if follow_up_of:
        _refuse_follow_up(follow_up_of, house)

    visit = Visit(
        house=house,
        inspector=inspector,
        version=follow_up_of.version if follow_up_of else current_version(),
        follow_up_of=follow_up_of,
        planned_for=planned_for,
        planned_by=by,
    )
    visit.full_clean()
    visit.save()
    record(
        "visit.planned",
        visit,
        by=by,
        under=house,
        inspector=inspector.pk,
        planned_for=planned_for,
    )
    return visit


def current_version() -> ChecklistVersion:
    version = ChecklistVersion.objects.published().filter(checklist="safe-room").first()
    if version is None:
        raise Refused("no_checklist", _("Publish a checklist first."))
    return version


def _refuse_house(house: House) -> None:
    if not House.objects.registered().filter(pk=house.pk).exists():
        raise Refused("not_registered", _("Choose a house that is registered."))
    if house.visits.planned().exists():
        message = _("Withdraw the visit that is planned for this house first.")
        raise Refused("visit_open", message)


def _refuse_inspector(inspector: User, house: House) -> None:
    if not can_inspect(inspector, house):
        message = _("Choose somebody who inspects in this commune.")
        raise Refused("not_an_inspector", message)
    if house.ties.filter(inspector=inspector).exists():
        message = _("Choose somebody else: this inspector is tied to the house.")
        raise Refused("tied", message)


def _refuse_follow_up(visit: Visit, house: House) -> None:
    if visit.house_id != house.pk or visit.received_at is None:
        message = _("Follow a visit of the same house that was received.")
        raise Refused("no_such_visit", message)


@transaction.atomic
def withdraw_visit(*, visit: Visit, because: str, by: User) -> Visit:
    """Call a planned visit off. Work that was done for it is still taken in."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.received_at or visit.withdrawn_at:
        raise Refused("not_planned", _("This visit is no longer planned."))

    visit.withdrawn_at = clock.now()
    visit.withdrawn_by = by
    visit.withdrawn_because = because
    visit.full_clean()
    visit.save()
    record("visit.withdrawn", visit, by=by, under=visit.house, because=because)
    return visit


def _locked(house: House) -> House:
    return (
        House.objects.select_for_update(of=("self",), no_key=True)
        .select_related("commune", "landlord")
        .get(pk=house.pk)
    )
