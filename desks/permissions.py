"""Who may sit at which desk, and which houses lie on it."""

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.permissions import has_role, is_staff_member, within
from registry.models import House

READERS = (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)


def can_enter_office(user: User) -> bool:
    """Whoever works for the registry; what she finds there depends on her roles."""
    return is_staff_member(user)


def can_look_up_houses(user: User) -> bool:
    return any(has_role(user, role) for role in READERS)


def office_houses(user: User) -> QuerySet[House]:
    """Houses of her communes; a draft is its landlord's alone."""
    handed_in = House.objects.exclude(registered_at=None)
    return within(handed_in, user, READERS, "commune")
