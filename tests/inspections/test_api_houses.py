"""The houses that an inspector may visit with no plan and no network."""

import pytest

from accounts.models import Role
from core import clock
from tests.accounts.factories import UserFactory, staff
from tests.inspections.factories import FindingFactory, TieFactory
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    OtherCommuneFactory,
    RoomFactory,
    WithdrawnHouseFactory,
)

pytestmark = pytest.mark.django_db
HOUSES = "/api/v1/tablet/houses/"


def numbers(client):
    return [told["house"]["number"] for told in client.get(HOUSES).json()["houses"]]


def test_directory_tells_what_an_unplanned_visit_needs(client):
    finding = FindingFactory()
    room = RoomFactory(house=finding.house)
    RoomFactory(house=room.house, withdrawn_at=clock.now())
    user = staff(Role.INSPECTOR, room.house.commune)
    client.force_login(user)

    told = client.get(HOUSES).json()

    (listed,) = told["houses"]
    assert told["registry"] == "safe-rooms"
    assert listed["house"]["street"] == room.house.street
    assert [shown["id"] for shown in listed["rooms"]] == [room.code]
    assert listed["facts"]["rooms"] == 1
    assert [shown["item"] for shown in listed["open_findings"]] == [finding.item]


def test_directory_holds_the_houses_that_may_be_visited(client):
    house = HouseFactory()
    tied = HouseFactory(commune=house.commune)
    HouseFactory(commune=OtherCommuneFactory())
    DraftHouseFactory(commune=house.commune)
    WithdrawnHouseFactory(commune=house.commune)
    user = staff(Role.INSPECTOR, house.commune)
    TieFactory(house=tied, inspector=user)
    TieFactory(house=house, inspector=staff(Role.INSPECTOR))
    client.force_login(user)

    assert numbers(client) == [house.number]


def test_directory_that_is_known_travels_once(client):
    house = HouseFactory()
    client.force_login(staff(Role.INSPECTOR, house.commune))
    etag = client.get(HOUSES).headers["ETag"]

    again = client.get(HOUSES, headers={"If-None-Match": etag})
    HouseFactory(commune=house.commune)
    changed = client.get(HOUSES, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.REVIEWER, Role.ANALYST])
def test_directory_is_closed_to_others(client, role):
    house = HouseFactory()
    client.force_login(staff(role, house.commune) if role else UserFactory())

    assert client.get(HOUSES).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_directory_query_count(client, count, django_assert_num_queries):
    for _ in range(count):
        finding = FindingFactory()
        RoomFactory(house=finding.house)
    client.force_login(staff(Role.INSPECTOR, finding.house.commune))

    with django_assert_num_queries(7):
        told = client.get(HOUSES).json()

    assert len(told["houses"]) == count
