import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from registry.models import House
from registry.permissions import (
    STAFF,
    can_manage_house,
    can_manage_room,
    can_see_house,
    can_see_photo,
    can_see_room,
    houses_visible_to,
    is_landlord,
    rooms_visible_to,
)
from tests.accounts.factories import UserFactory, staff
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    LandlordFactory,
    OtherCommuneFactory,
    PhotoFactory,
    RoomFactory,
    WithdrawnHouseFactory,
)

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(Role.values) - set(STAFF))


def may(user, house):
    """(see, manage), asked of the thing and of the lists."""
    seen = can_see_house(user, house)
    assert seen == (house in houses_visible_to(user))
    return seen, can_manage_house(user, house)


@pytest.mark.parametrize(
    "factory", [DraftHouseFactory, HouseFactory, WithdrawnHouseFactory]
)
def test_a_landlord_sees_and_manages_her_own(factory):
    house = factory()

    assert may(house.landlord.user, house) == (True, True)


def test_a_landlord_neither_sees_nor_manages_anothers():
    assert may(LandlordFactory().user, HouseFactory()) == (False, False)


@pytest.mark.parametrize("role", STAFF)
def test_staff_see_the_houses_of_their_communes(role):
    here, there = HouseFactory(), HouseFactory(commune=OtherCommuneFactory())
    user = staff(role, here.commune)

    assert may(user, here) == (True, False)
    assert may(user, there) == (False, False)
    assert may(staff(role), there) == (True, False)


def test_staff_see_withdrawn_houses_but_no_drafts():
    user = staff(Role.INSPECTOR)

    assert may(user, WithdrawnHouseFactory()) == (True, False)
    assert may(user, DraftHouseFactory()) == (False, False)


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_see_nothing(role):
    assert may(staff(role), HouseFactory()) == (False, False)


def test_nobody_and_somebody_without_a_role_see_nothing():
    house = HouseFactory()

    assert may(AnonymousUser(), house) == (False, False)
    assert may(UserFactory(), house) == (False, False)


def test_a_suspended_landlord_manages_nothing():
    house = HouseFactory()
    house.landlord.user.is_active = False
    house.landlord.user.save()
    user = House.objects.get().landlord.user

    assert may(user, house) == (False, False)
    assert is_landlord(user) is False


def test_a_landlord_who_is_staff_sees_both():
    own = HouseFactory(commune=OtherCommuneFactory())
    other = HouseFactory()
    membership = staff(Role.INSPECTOR, other.commune).memberships.get()
    membership.user = own.landlord.user
    membership.save()

    assert set(houses_visible_to(own.landlord.user)) == {own, other}


def test_rooms_and_photos_follow_their_house():
    room, photo = RoomFactory(), PhotoFactory()
    owner, other = room.house.landlord.user, LandlordFactory().user

    assert (can_see_room(owner, room), can_manage_room(owner, room)) == (True, True)
    assert (can_see_room(other, room), can_manage_room(other, room)) == (False, False)
    assert list(rooms_visible_to(owner)) == [room]
    assert can_see_photo(photo.house.landlord.user, photo) is True
    assert can_see_photo(other, photo) is False
