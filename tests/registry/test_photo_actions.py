import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core.errors import Refused
from core.models import Event
from registry.actions import add_photo, move_photo, photos, remove_photo
from registry.models import Photo
from tests.registry.factories import (
    HouseFactory,
    PhotoFactory,
    RoomFactory,
    RoomPhotoFactory,
    WithdrawnRoomFactory,
    jpeg,
)

pytestmark = pytest.mark.django_db


def stored_width(file):
    with file.open() as stored:
        return Image.open(io.BytesIO(stored.read())).width


def test_add_photo_keeps_three_files_made_anew(media):
    room = RoomFactory()

    photo = add_photo(
        house=room.house,
        room=room,
        file=jpeg(2000, 1000),
        caption=" Cửa  sổ ",
        by=room.house.landlord.user,
    )

    assert (photo.width, photo.height, photo.caption) == (1600, 800, "Cửa sổ")
    assert [stored_width(file) for file in photo.files] == [320, 800, 1600]
    assert len([path for path in media.rglob("*") if path.is_file()]) == 3
    event = Event.objects.get(kind="photo.added")
    assert event.under == f"registry.House:{room.house_id}"


def test_add_photo_goes_after_the_others_of_its_album():
    room = RoomFactory()
    house, by = room.house, room.house.landlord.user

    first = add_photo(house=house, file=jpeg(colour="red"), by=by)
    second = add_photo(house=house, file=jpeg(colour="blue"), by=by)
    of_room = add_photo(house=house, room=room, file=jpeg(), by=by)

    assert [first.position, second.position, of_room.position] == [0, 1, 0]


def test_add_photo_twice_is_one_photo(media):
    house = HouseFactory()

    photo = add_photo(house=house, file=jpeg(), by=house.landlord.user)
    again = add_photo(house=house, file=jpeg(), by=house.landlord.user)

    assert again == photo
    assert len([path for path in media.rglob("*") if path.is_file()]) == 3


def test_add_photo_refuses_what_is_no_picture():
    house = HouseFactory()

    with pytest.raises(ValidationError) as refused:
        add_photo(house=house, file=b"%PDF-1.7", by=house.landlord.user)

    assert refused.value.code == "photo_not_a_picture"


def test_add_photo_refuses_one_too_many(monkeypatch):
    monkeypatch.setattr(photos, "MAX_PHOTOS", 1)
    house = PhotoFactory().house

    with pytest.raises(Refused) as refused:
        add_photo(house=house, file=jpeg(), by=house.landlord.user)

    assert refused.value.code == "too_many_photos"


def test_add_photo_refuses_a_withdrawn_room():
    room = WithdrawnRoomFactory()

    with pytest.raises(Refused) as refused:
        add_photo(house=room.house, room=room, file=jpeg(), by=room.house.landlord.user)

    assert refused.value.code == "room_withdrawn"


def test_remove_photo_deletes_the_files_once_it_is_certain(
    django_capture_on_commit_callbacks,
):
    photo = PhotoFactory()
    storage, name = photo.large.storage, photo.large.name

    with django_capture_on_commit_callbacks() as later:
        remove_photo(photo=photo, by=photo.house.landlord.user)

    assert not Photo.objects.exists()
    assert storage.exists(name)
    for callback in later:
        callback()
    assert not storage.exists(name)


@pytest.mark.parametrize(
    ("to", "order"),
    [(0, [2, 0, 1]), (1, [0, 2, 1]), (2, [0, 1, 2]), (-5, [2, 0, 1]), (99, [0, 1, 2])],
)
def test_move_photo_gives_it_a_place_in_its_album(to, order):
    room = RoomFactory()
    album = [RoomPhotoFactory(room=room, position=n) for n in range(3)]
    PhotoFactory(house=room.house)

    move_photo(photo=album[2], to=to, by=room.house.landlord.user)

    assert list(room.photos.all()) == [album[n] for n in order]
    assert [photo.position for photo in room.photos.all()] == [0, 1, 2]
