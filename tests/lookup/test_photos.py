import pytest

from tests.certificates.factories import RoomFactory
from tests.lookup.factories import CertifiedRoomFactory, ExpiredFactory
from tests.registry.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def address(photo, size="small"):
    return f"/photos/{photo.pk}-{photo.sha256[:12]}/{size}"


def test_photo_of_a_certified_room_is_open_to_all(client):
    room = CertifiedRoomFactory().room
    photo = PhotoFactory(house=room.house, room=room)

    response = client.get(address(photo))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_photo_of_a_house_with_a_certified_room_is_open(client):
    photo = PhotoFactory(house=CertifiedRoomFactory().room.house, room=None)

    assert client.get(address(photo, "large")).status_code == 200


@pytest.mark.parametrize("make", [RoomFactory, lambda: ExpiredFactory().room])
def test_photo_of_a_room_without_certificate_is_closed(client, make):
    room = make()
    photo = PhotoFactory(house=room.house, room=room)

    assert client.get(address(photo)).status_code == 404


def test_photo_of_another_content_or_size_is_not_there(client):
    room = CertifiedRoomFactory().room
    photo = PhotoFactory(house=room.house, room=room)

    assert client.get(f"/photos/{photo.pk}-abcdef/small").status_code == 404
    assert client.get(address(photo, "original")).status_code == 404
