import pytest
from django.urls import reverse

from tests.accounts.factories import AdministratorFactory
from tests.registry.factories import FeeFactory, RoomFactory, RoomPhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = AdministratorFactory()
    client.force_login(user)
    return client


def pages(photo):
    things = {
        "landlord": photo.house.landlord,
        "house": photo.house,
        "room": photo.room,
        "photo": photo,
    }
    for name, thing in things.items():
        yield reverse(f"admin:registry_{name}_changelist")
        yield reverse(f"admin:registry_{name}_change", args=[thing.pk])


def test_the_administration_looks(administrator):
    photo = RoomPhotoFactory()
    FeeFactory(house=photo.house)

    answers = [administrator.get(page).status_code for page in pages(photo)]

    assert answers == [200] * 8


def test_the_administration_changes_nothing(administrator):
    room = RoomFactory()

    added = administrator.get(reverse("admin:registry_house_add"))
    changed = administrator.post(
        reverse("admin:registry_room_change", args=[room.pk]), {"rent": 1}
    )
    removed = administrator.post(reverse("admin:registry_room_delete", args=[room.pk]))

    assert [a.status_code for a in (added, changed, removed)] == [403, 403, 403]
