"""A house to visit that nobody planned."""

import pytest

from accounts.models import Role
from core import clock
from tests.accounts.factories import staff
from tests.inspections.factories import (
    FindingFactory,
    PublishedVersionFactory,
    TieFactory,
)
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    OtherCommuneFactory,
    RoomFactory,
    WithdrawnHouseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return PublishedVersionFactory(checklist="safe-room")


def ask(client, number):
    return client.get(f"/api/v1/tablet/houses/{number}/")


def test_house_is_told_as_a_visit_of_today(client, version):
    room = RoomFactory()
    RoomFactory(house=room.house, withdrawn_at=clock.now())
    client.force_login(staff(Role.INSPECTOR, room.house.commune))

    told = ask(client, room.house.number).json()

    assert "id" not in told
    assert told["revision"] == 1
    assert told["planned_for"] == clock.today().isoformat()
    assert (told["checklist"], told["version"]) == ("safe-room", version.number)
    assert told["house"]["number"] == room.house.number
    assert [shown["id"] for shown in told["rooms"]] == [room.code]
    assert (told["follow_up_of"], told["ask"], told["returned"]) == (None, None, None)


def test_house_is_found_as_people_type_its_number(client, version):
    house = HouseFactory()
    client.force_login(staff(Role.INSPECTOR, house.commune))
    typed = f"{house.number[:4]}-{house.number[4:]}".lower()

    assert ask(client, typed).json()["house"]["number"] == house.number


def test_house_brings_its_open_findings(client, version):
    finding = FindingFactory()
    client.force_login(staff(Role.INSPECTOR, finding.house.commune))

    (shown,) = ask(client, finding.house.number).json()["open_findings"]

    assert (shown["item"], shown["room"]) == ("FIR-08", None)


def test_house_is_refused_to_an_inspector_who_is_tied_to_it(client, version):
    house = HouseFactory()
    inspector = staff(Role.INSPECTOR, house.commune)
    TieFactory(house=house, inspector=inspector)
    client.force_login(inspector)

    answer = ask(client, house.number)

    assert (answer.status_code, answer.json()["code"]) == (409, "tied")


def test_house_of_another_commune_is_not_found(client, version):
    house = HouseFactory()
    client.force_login(staff(Role.INSPECTOR, OtherCommuneFactory()))

    assert ask(client, house.number).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.ANALYST])
def test_house_is_not_found_by_others(client, version, role):
    house = HouseFactory()
    client.force_login(staff(role, house.commune))

    assert ask(client, house.number).status_code == 404


@pytest.mark.parametrize("kind", [DraftHouseFactory, WithdrawnHouseFactory])
def test_house_that_is_not_registered_is_not_found(client, version, kind):
    house = kind()
    client.force_login(staff(Role.INSPECTOR, house.commune))

    assert ask(client, house.number).status_code == 404


def test_house_needs_a_published_checklist(client):
    house = HouseFactory()
    client.force_login(staff(Role.INSPECTOR, house.commune))

    assert ask(client, house.number).json()["code"] == "no_checklist"
