"""Every page of the landlord's, asked for by everybody who has no business there."""

import pytest
from django.urls import reverse

from accounts.models import Role
from registry.urls import urlpatterns
from tests.accounts.factories import AdministratorFactory, UserFactory, staff
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    LandlordFactory,
    PhotoFactory,
    RoomFactory,
    RoomPhotoFactory,
)

pytestmark = pytest.mark.django_db
NAMES = [pattern.name for pattern in urlpatterns]
OF_SOMEBODY = [
    name for name in NAMES if name.startswith(("house_", "room", "photo", "house"))
]
OF_SOMEBODY = [name for name in OF_SOMEBODY if name not in {"houses", "house_new"}]
MINE = sorted(set(NAMES) - set(OF_SOMEBODY))


def address(name):
    """The page of a thing that belongs to a landlord of its own."""
    if name.startswith("photo"):
        return reverse(f"registry:{name}", args=[PhotoFactory().pk])
    if name in {"room_add", "room_run"} or name.startswith("house"):
        return reverse(f"registry:{name}", args=[HouseFactory().number])
    return reverse(f"registry:{name}", args=[RoomFactory().code])


@pytest.mark.parametrize("name", MINE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_my_pages_ask_to_sign_in(client, name, method):
    response = getattr(client, method)(reverse(f"registry:{name}"))

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("name", [name for name in MINE if name != "start"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_my_pages_ask_who_is_no_landlord_to_begin(client, name, method):
    client.force_login(UserFactory())

    response = getattr(client, method)(reverse(f"registry:{name}"))

    assert response.status_code == 302
    assert response.url == "/landlord/start/"


@pytest.mark.parametrize("name", OF_SOMEBODY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_a_house_ask_to_sign_in(client, name, method):
    response = getattr(client, method)(address(name))

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("name", OF_SOMEBODY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_landlords_things_are_not_there(client, name, method):
    client.force_login(LandlordFactory().user)

    response = getattr(client, method)(address(name))

    assert response.status_code == (405 if (name, method) in NO_SUCH_METHOD else 404)


NO_SUCH_METHOD = {("photo_position", "get"), ("house_rooms", "post")}


@pytest.mark.parametrize("name", OF_SOMEBODY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_do_not_write_over_a_landlords_words(client, name, method):
    client.force_login(AdministratorFactory())

    response = getattr(client, method)(address(name))

    assert response.status_code == 302
    assert response.url == "/landlord/start/"


@pytest.mark.parametrize("name", OF_SOMEBODY)
def test_a_thing_that_never_was_is_not_there(client, name):
    client.force_login(LandlordFactory().user)
    of_photo = name.startswith("photo")
    absent = reverse(f"registry:{name}", args=[10**9 if of_photo else "ZZZZZZZ"])

    method = client.get if name == "house_rooms" else client.post

    assert method(absent).status_code == 404


def picture(photo, size="medium", key=None):
    return f"/photos/{photo.pk}/{key or photo.address_key}/{size}"


def test_a_picture_is_shown_to_its_landlord_and_to_staff_of_the_commune(client):
    photo = RoomPhotoFactory()
    here = photo.house.commune

    for user in (
        photo.house.landlord.user,
        staff(Role.INSPECTOR, here),
        staff(Role.REVIEWER),
    ):
        client.force_login(user)
        response = client.get(picture(photo))

        assert response.status_code == 200
        assert response.content == b"medium"


def test_a_picture_is_kept_by_the_reader_and_can_do_nothing(client):
    photo = PhotoFactory()
    client.force_login(photo.house.landlord.user)

    response = client.get(picture(photo, "large"))

    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_is_not_there_for_anybody_else(client):
    photo = PhotoFactory()
    elsewhere = RoomFactory(house=HouseFactory()).house

    assert client.get(picture(photo)).status_code == 404
    for user in (
        UserFactory(),
        LandlordFactory().user,
        elsewhere.landlord.user,
        staff(Role.ANALYST),
        staff(Role.EDITOR, photo.house.commune),
    ):
        client.force_login(user)
        assert client.get(picture(photo)).status_code == 404


def test_a_drafts_picture_is_its_landlords_alone(client):
    photo = PhotoFactory(house=DraftHouseFactory())

    client.force_login(staff(Role.INSPECTOR))
    assert client.get(picture(photo)).status_code == 404
    client.force_login(photo.house.landlord.user)
    assert client.get(picture(photo)).status_code == 200


def test_a_picture_has_no_other_address(client):
    photo = PhotoFactory()
    client.force_login(photo.house.landlord.user)

    assert client.get(picture(photo, key="0" * 15)).status_code == 404
    assert client.get(picture(photo, size="sha256")).status_code == 404
    assert client.post(picture(photo)).status_code == 405
