import datetime as dt

import pytest

from accounts.models import Role
from registry.permissions import STAFF
from tests.accounts.factories import UserFactory, staff
from tests.registry.factories import (
    DraftHouseFactory,
    FeeFactory,
    HouseFactory,
    LandlordFactory,
    OtherCommuneFactory,
    PhotoFactory,
    RoomFactory,
    RoomPhotoFactory,
    WithdrawnHouseFactory,
    WithdrawnRoomFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["houses", "rooms"]


def numbers(client, **filters):
    answer = client.get("/api/v1/houses/", filters).json()["results"]
    return {house["number"] for house in answer}


def room_codes(client, **filters):
    answer = client.get("/api/v1/rooms/", filters).json()["results"]
    return {room["code"] for room in answer}


def test_a_house_is_shown_without_anything_about_a_person(client):
    house = HouseFactory(latitude="21.195000", longitude="105.765000")
    FeeFactory(house=house, name="Rác", amount=20_000, per="room")
    photo = PhotoFactory(house=house, caption="Cổng")
    RoomPhotoFactory(room=RoomFactory(house=house))
    client.force_login(house.landlord.user)

    response = client.get(f"/api/v1/houses/{house.number}/")

    assert response.json() == {
        "number": house.number,
        "name": "",
        "commune": "08974",
        "hamlet": "",
        "street": "Đường Hoa Ban",
        "address": house.address,
        "landmark": "",
        "latitude": "21.195000",
        "longitude": "105.765000",
        "kind": "row",
        "floors": 1,
        "gate": "always_open",
        "gate_closes": None,
        "gate_opens": None,
        "parking": "locked",
        "water": "piped",
        "has_cameras": False,
        "has_children": False,
        "registered_at": response.json()["registered_at"],
        "withdrawn_at": None,
        "fees": [{"name": "Rác", "amount": 20_000, "per": "room"}],
        "photos": [
            {
                "id": photo.pk,
                "caption": "Cổng",
                "width": 1600,
                "height": 1200,
                "addresses": {
                    size: f"/photos/{photo.pk}/{photo.address_key}/{size}"
                    for size in ("small", "medium", "large")
                },
            }
        ],
    }
    assert "no-store" in response["Cache-Control"]


def test_a_room_is_shown(client):
    room = RoomFactory(label="101", free_from=dt.date(2026, 12, 1))
    client.force_login(room.house.landlord.user)

    shown = client.get(f"/api/v1/rooms/{room.code}/").json()

    assert shown == {
        "code": room.code,
        "house": room.house.number,
        "label": "101",
        "floor": 1,
        "area": "14.0",
        "max_people": 2,
        "rent": 1_200_000,
        "deposit": 0,
        "electricity": "state_price",
        "electricity_price": None,
        "water": "state_price",
        "water_price": None,
        "toilet": "own",
        "has_loft": False,
        "free_from": "2026-12-01",
        "added_at": shown["added_at"],
        "withdrawn_at": None,
        "photos": [],
    }


@pytest.mark.parametrize("path", LISTS)
def test_who_is_not_signed_in_is_asked_to(client, path):
    response = client.get(f"/api/v1/{path}/")

    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("role", [None, *sorted(set(Role.values) - set(STAFF))])
def test_who_has_no_business_here_is_refused(client, path, role):
    client.force_login(staff(role) if role else UserFactory())

    response = client.get(f"/api/v1/{path}/")

    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")


def test_a_landlord_reads_her_own_and_no_others(client):
    own, other = RoomFactory(), RoomFactory()
    client.force_login(own.house.landlord.user)

    assert numbers(client) == {own.house.number}
    assert room_codes(client) == {own.code}
    for path in (f"houses/{other.house.number}", f"rooms/{other.code}"):
        assert client.get(f"/api/v1/{path}/").status_code == 404


@pytest.mark.parametrize("role", STAFF)
def test_staff_read_the_houses_of_their_communes(client, role):
    here = RoomFactory()
    there = RoomFactory(house=HouseFactory(commune=OtherCommuneFactory()))
    DraftHouseFactory()
    client.force_login(staff(role, here.house.commune))

    assert numbers(client) == {here.house.number}
    assert room_codes(client) == {here.code}
    assert client.get(f"/api/v1/rooms/{there.code}/").status_code == 404


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(client, path, method):
    client.force_login(LandlordFactory().user)

    assert getattr(client, method)(f"/api/v1/{path}/").status_code == 405


def test_houses_are_filtered(client):
    house = HouseFactory()
    gone = WithdrawnHouseFactory(
        landlord=house.landlord, commune=OtherCommuneFactory(), kind="floors"
    )
    client.force_login(house.landlord.user)

    assert numbers(client, registered="true") == {house.number}
    assert numbers(client, registered="false") == {gone.number}
    assert numbers(client, commune="00454") == {gone.number}
    assert numbers(client, kind="row") == {house.number}


def test_rooms_are_filtered(client):
    house = HouseFactory()
    cheap = RoomFactory(house=house, rent=900_000, free_from=dt.date(2026, 11, 1))
    large = RoomFactory(house=house, max_people=4, toilet="shared")
    gone = WithdrawnRoomFactory(house=house)
    client.force_login(house.landlord.user)

    assert room_codes(client, max_rent=1_000_000) == {cheap.code}
    assert room_codes(client, people=3) == {large.code}
    assert room_codes(client, toilet="shared") == {large.code}
    assert room_codes(client, free_on="2026-11-21") == {cheap.code}
    assert room_codes(client, withdrawn="true") == {gone.code}
    assert room_codes(client, house=house.number, withdrawn="false") == {
        cheap.code,
        large.code,
    }


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("houses", 7), ("rooms", 6)])
def test_lists_cost_the_same_for_one_and_three(
    client, django_assert_num_queries, path, queries, count
):
    landlord = LandlordFactory()
    for _n in range(count):
        room = RoomFactory(house=HouseFactory(landlord=landlord))
        FeeFactory(house=room.house)
        PhotoFactory(house=room.house)
        RoomPhotoFactory(room=room)
    client.force_login(landlord.user)

    with django_assert_num_queries(queries):
        response = client.get(f"/api/v1/{path}/")

    assert len(response.json()["results"]) == count
