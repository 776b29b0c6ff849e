import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.actions import photos
from registry.models import Photo
from tests.registry.factories import (
    HouseFactory,
    LandlordFactory,
    RoomFactory,
    RoomPhotoFactory,
    WithdrawnHouseFactory,
    jpeg,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(client):
    landlord = LandlordFactory()
    client.force_login(landlord.user)
    return landlord


def upload(content=None, name="anh.jpg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_several_photos_are_sent_at_once(client, landlord):
    room = RoomFactory(house__landlord=landlord)
    files = [upload(jpeg(colour="red")), upload(jpeg(colour="blue"))]

    response = client.post(f"/landlord/rooms/{room.code}/photos/", {"photos": files})

    assert response.url == f"/landlord/rooms/{room.code}/photos/"
    assert messages(response) == ["Đã lưu 2 ảnh."]
    assert room.photos.count() == 2


def test_the_good_photos_are_kept_and_the_others_named(client, landlord):
    house = HouseFactory(landlord=landlord)
    files = [
        upload(),
        upload(b"%PDF-1.7 ...", "hop-dong.jpg"),
        upload(jpeg()[:-900], "hong.jpg"),
    ]

    response = client.post(
        f"/landlord/houses/{house.number}/photos/", {"photos": files}
    )

    shown = response.content.decode()
    assert "hop-dong.jpg: Hãy chọn một tấm ảnh" in shown
    assert "hong.jpg: Hãy chọn lại ảnh: tệp này bị hỏng." in shown
    assert "Đã lưu 1 ảnh." in shown
    assert house.photos.count() == 1


@pytest.mark.parametrize("files", [{}, {"photos": upload(b"")}])
def test_no_photo_is_asked_for_again(client, landlord, files):
    house = HouseFactory(landlord=landlord)

    response = client.post(f"/landlord/houses/{house.number}/photos/", files)

    assert 'class="notice notice-error"' in response.content.decode()
    assert not Photo.objects.exists()


def test_one_photo_too_many_is_named(client, landlord, monkeypatch):
    monkeypatch.setattr(photos, "MAX_PHOTOS", 1)
    room = RoomPhotoFactory(room__house__landlord=landlord).room

    response = client.post(
        f"/landlord/rooms/{room.code}/photos/", {"photos": upload(name="<b>.jpg")}
    )

    assert "&lt;b&gt;.jpg: Hãy xoá bớt một ảnh" in response.content.decode()


def test_a_photo_is_removed_after_a_question(client, landlord):
    photo = RoomPhotoFactory(room__house__landlord=landlord)
    address = f"/landlord/photos/{photo.pk}/removal/"
    assert "Xoá ảnh này?" in client.get(address).content.decode()

    response = client.post(address)

    assert response.url == f"/landlord/rooms/{photo.room.code}/photos/"
    assert not Photo.objects.exists()


@pytest.mark.parametrize("to", ["0", "1"])
def test_a_photo_is_moved(client, landlord, to):
    room = RoomFactory(house__landlord=landlord)
    album = [RoomPhotoFactory(room=room, position=n) for n in range(2)]

    client.post(f"/landlord/photos/{album[1].pk}/position/", {"to": to})

    assert list(room.photos.all()).index(album[1]) == int(to)


@pytest.mark.parametrize("to", ["", "x", "-1", "²"])
def test_a_place_that_is_none_moves_nothing(client, landlord, to):
    room = RoomFactory(house__landlord=landlord)
    album = [RoomPhotoFactory(room=room, position=n) for n in range(2)]

    client.post(f"/landlord/photos/{album[1].pk}/position/", {"to": to})

    assert list(room.photos.all()) == album


def test_photos_of_a_withdrawn_house_stay_as_they_are(client, landlord):
    room = RoomFactory(house=WithdrawnHouseFactory(landlord=landlord))
    photo = RoomPhotoFactory(room=room)

    client.post(f"/landlord/photos/{photo.pk}/removal/")
    response = client.post(f"/landlord/photos/{photo.pk}/position/", {"to": "0"})

    assert messages(response) == ["Nhà này đã rút khỏi sổ đăng ký."] * 2
    assert Photo.objects.count() == 1
