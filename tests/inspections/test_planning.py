import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import Role
from core import clock
from core.errors import Refused
from core.models import Event
from inspections.actions import declare_tie, plan_visit, withdraw_visit
from inspections.models import Tie, Visit
from tests.accounts.factories import staff
from tests.inspections.factories import (
    PublishedVersionFactory,
    TieFactory,
    VisitFactory,
)
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    OtherCommuneFactory,
    WithdrawnHouseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return PublishedVersionFactory(checklist="safe-room")


@pytest.fixture
def coordinator():
    return staff(Role.COORDINATOR)


def plan(house, by, **changes):
    inspector = changes.pop("inspector", None) or staff(Role.INSPECTOR, house.commune)
    arguments = {"planned_for": clock.today(), "by": by} | changes
    return plan_visit(house=house, inspector=inspector, **arguments)


def test_plan_visit_pins_the_published_checklist(version, coordinator):
    house = HouseFactory()

    visit = plan(house, coordinator)

    assert visit.version == version
    assert visit.planned_by == coordinator
    event = Event.objects.under(house).first()
    assert (event.kind, event.by) == ("visit.planned", coordinator)


def test_plan_visit_follows_with_the_version_of_the_first(version, coordinator):
    first = VisitFactory(received_at=clock.now())

    visit = plan(first.house, coordinator, follow_up_of=first)

    assert visit.version == first.version != version
    assert visit.follow_up_of == first


@pytest.mark.parametrize("factory", [DraftHouseFactory, WithdrawnHouseFactory])
def test_plan_visit_needs_a_registered_house(version, coordinator, factory):
    with pytest.raises(Refused) as refused:
        plan(factory(), coordinator)

    assert refused.value.code == "not_registered"


def test_plan_visit_once_at_a_time(version, coordinator):
    house = VisitFactory().house

    with pytest.raises(Refused) as refused:
        plan(house, coordinator)

    assert refused.value.code == "visit_open"


def test_database_keeps_one_planned_visit_a_house():
    visit = VisitFactory()

    with pytest.raises(IntegrityError, match="one_planned"):
        VisitFactory(house=visit.house)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.INSPECTOR])
def test_plan_visit_sends_an_inspector(version, coordinator, role):
    with pytest.raises(Refused) as refused:
        plan(HouseFactory(), coordinator, inspector=staff(role))

    assert refused.value.code == "not_an_inspector"


def test_plan_visit_sends_an_inspector_of_the_commune(version, coordinator):
    stranger = staff(Role.INSPECTOR, OtherCommuneFactory())

    with pytest.raises(Refused) as refused:
        plan(HouseFactory(), coordinator, inspector=stranger)

    assert refused.value.code == "not_an_inspector"


def test_plan_visit_never_sends_somebody_who_is_tied(version, coordinator):
    tie = TieFactory(inspector=staff(Role.INSPECTOR))

    with pytest.raises(Refused) as refused:
        plan(tie.house, coordinator, inspector=tie.inspector)

    assert refused.value.code == "tied"


def test_plan_visit_is_not_for_yesterday(version, coordinator):
    yesterday = clock.today() - dt.timedelta(days=1)

    with pytest.raises(Refused) as refused:
        plan(HouseFactory(), coordinator, planned_for=yesterday)

    assert refused.value.code == "in_the_past"


def test_plan_visit_needs_a_published_checklist(coordinator):
    with pytest.raises(Refused) as refused:
        plan(HouseFactory(), coordinator)

    assert refused.value.code == "no_checklist"


@pytest.mark.parametrize("received", [True, False])
def test_plan_visit_follows_only_what_was_received_at_the_house(
    version, coordinator, received
):
    other = VisitFactory(received_at=clock.now() if received else None)
    house = HouseFactory() if received else other.house
    if not received:
        withdraw_visit(visit=other, because="Mưa", by=coordinator)

    with pytest.raises(Refused) as refused:
        plan(house, coordinator, follow_up_of=other)

    assert refused.value.code == "no_such_visit"


def test_withdraw_visit_frees_the_house(version, coordinator):
    visit = VisitFactory()

    withdraw_visit(visit=visit, because="Chủ nhà đi vắng", by=coordinator)

    assert plan(visit.house, coordinator).pk != visit.pk
    assert Event.objects.filter(kind="visit.withdrawn").count() == 1


@pytest.mark.parametrize("done", ["received_at", "withdrawn_at"])
def test_withdraw_visit_only_while_it_is_planned(coordinator, done):
    by = {"withdrawn_by": coordinator} if done == "withdrawn_at" else {}
    visit = VisitFactory(**{done: clock.now()}, **by)

    with pytest.raises(Refused) as refused:
        withdraw_visit(visit=visit, because="Mưa", by=coordinator)

    assert refused.value.code == "not_planned"


def test_declare_tie_withdraws_what_was_planned():
    visit = VisitFactory()

    declare_tie(
        inspector=visit.inspector,
        house=visit.house,
        kind=Tie.Kind.NEIGHBOUR,
        by=visit.inspector,
    )

    assert not Visit.objects.planned().exists()


def test_declare_tie_says_nothing_of_its_kind_in_the_history():
    house, inspector = HouseFactory(), staff(Role.INSPECTOR)

    declare_tie(inspector=inspector, house=house, kind=Tie.Kind.KIN, by=inspector)

    assert Event.objects.under(house).get(kind="tie.declared").data == {}


def test_declare_tie_once():
    tie = TieFactory(inspector=staff(Role.INSPECTOR))

    with pytest.raises(ValidationError):
        declare_tie(
            inspector=tie.inspector, house=tie.house, kind="kin", by=tie.inspector
        )
