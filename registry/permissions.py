"""Who may see and change what in the registry. What is not allowed here is closed.

Somebody else's house is answered as if it were not there (404), so that addresses
cannot be tried out one by one.
"""

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.permissions import has_role, within
from registry.models import House, Photo, Room

STAFF = [Role.ADMINISTRATOR, Role.COORDINATOR, Role.INSPECTOR, Role.REVIEWER]


def is_landlord(user: User) -> bool:
    return user.is_authenticated and user.is_active and hasattr(user, "landlord")


def can_manage_house(user: User, house: House) -> bool:
    """Only the landlord; what staff find out goes into a visit, not over his words."""
    return is_landlord(user) and house.landlord_id == user.landlord.pk


def can_see_house(user: User, house: House) -> bool:
    return can_manage_house(user, house) or (
        not house.is_draft
        and any(has_role(user, role, house.commune) for role in STAFF)
    )


def can_read_registry(user: User) -> bool:
    """Whether there is any house that the user might see."""
    return is_landlord(user) or any(has_role(user, role) for role in STAFF)


def can_manage_room(user: User, room: Room) -> bool:
    return can_manage_house(user, room.house)


def can_see_room(user: User, room: Room) -> bool:
    return can_see_house(user, room.house)


def can_see_photo(user: User, photo: Photo) -> bool:
    return can_see_house(user, photo.house)


def houses_visible_to(user: User) -> QuerySet[House]:
    """The same as `can_see_house`, for lists."""
    own = House.objects.of(user) if is_landlord(user) else House.objects.none()
    theirs = within(
        House.objects.filter(~Q(registered_at=None) | ~Q(withdrawn_at=None)),
        user,
        STAFF,
        "commune",
    )
    return own | theirs


def rooms_visible_to(user: User) -> QuerySet[Room]:
    return Room.objects.filter(house__in=houses_visible_to(user))
