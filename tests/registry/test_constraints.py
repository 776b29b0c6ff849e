"""What the database refuses, whoever asks. Messages are tested with the acts."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from registry.models import House, Photo, Room
from tests.registry.factories import (
    DraftHouseFactory,
    FeeFactory,
    HouseFactory,
    PhotoFactory,
    RoomFactory,
    RoomPhotoFactory,
    WithdrawnRoomFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@transaction.atomic
def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)
    connection.check_constraints()


def refused(row, **fields):
    """The name of the constraint that refuses the change."""
    with pytest.raises(IntegrityError) as error:
        change(row, **fields)
    return error.value.__cause__.diag.constraint_name


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"latitude": 21}, "registry_house_place_is_whole"),
        ({"latitude": 48, "longitude": 2}, "registry_house_place_in_viet_nam"),
        ({"floors": 0}, "registry_house_floors"),
        ({"gate": "locked"}, "registry_house_gate_hours"),
        ({"gate_closes": dt.time(22)}, "registry_house_gate_hours"),
        ({"kind": ""}, "registry_house_registered_is_whole"),
        ({"gate": ""}, "registry_house_registered_is_whole"),
        ({"parking": ""}, "registry_house_registered_is_whole"),
        ({"water": ""}, "registry_house_registered_is_whole"),
        ({"withdrawn_because": "x"}, "registry_house_withdrawn_because"),
    ],
)
def test_a_house_cannot_have(fields, constraint):
    assert refused(HouseFactory(), **fields) == constraint


def test_a_draft_cannot_be_registered_half():
    house = DraftHouseFactory()

    assert refused(house, registered_at=NOW) == "registry_house_registered_is_whole"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"area": 0}, "registry_room_area"),
        ({"area": 501}, "registry_room_area"),
        ({"max_people": 0}, "registry_room_people"),
        ({"max_people": 41}, "registry_room_people"),
        ({"rent": 49_999}, "registry_room_rent"),
        ({"rent": 100_000_001}, "registry_room_rent"),
        ({"floor": 51}, "registry_room_floor"),
        ({"electricity": "per_kwh"}, "registry_room_electricity_price"),
        ({"electricity_price": 3000}, "registry_room_electricity_price"),
        (
            {"electricity": "per_kwh", "electricity_price": 0},
            "registry_room_electricity_price",
        ),
        ({"water": "per_m3"}, "registry_room_water_price"),
        ({"water_price": 9000}, "registry_room_water_price"),
        ({"withdrawn_because": "x"}, "registry_room_withdrawn_because"),
    ],
)
def test_a_room_cannot_have(fields, constraint):
    assert refused(RoomFactory(), **fields) == constraint


def test_two_rooms_of_a_house_cannot_have_one_number():
    room = RoomFactory(label="101")
    other = RoomFactory(house=room.house, label="102")

    assert refused(other, label="101") == "registry_room_label"


def test_a_withdrawn_rooms_number_is_free():
    room = WithdrawnRoomFactory(label="101")

    assert RoomFactory(house=room.house, label="101").pk


def test_two_fees_of_a_house_cannot_have_one_name():
    fee = FeeFactory(name="Rác")
    other = FeeFactory(house=fee.house, name="Mạng")

    assert refused(other, name="Rác") == "registry_fee_name"


def test_a_photo_of_a_room_is_filed_under_the_rooms_house():
    photo, other = RoomPhotoFactory(), HouseFactory()

    assert refused(photo, house=other) == "registry_photo_room_of_house"


@pytest.mark.parametrize("factory", [PhotoFactory, RoomPhotoFactory])
def test_a_photo_is_in_its_album_once(factory):
    photo = factory(sha256="a" * 64)
    album = {"house": photo.house, "room": photo.room}
    other = PhotoFactory(**album, sha256="b" * 64)

    assert refused(other, sha256="a" * 64) == "registry_photo_once"


def test_what_somebody_else_hangs_on_is_not_deleted():
    photo = RoomPhotoFactory()

    for row in (photo.room, photo.house, photo.house.landlord):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()

    assert Photo.objects.count() == Room.objects.count() == House.objects.count() == 1
