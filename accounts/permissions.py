"""Who holds which role where. Other rooms build their predicates on these two."""

import time
from collections.abc import Iterable

from allauth.account.internal.flows.login import get_authentication_records
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.models import Membership, Role, User
from reference.models import AdministrativeUnit

JUST_NOW = 10 * 60  # seconds


def memberships_of(user: User) -> list[Membership]:
    """The roles in force, read once per user object and then remembered on it."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_memberships_in_force"):
        user._memberships_in_force = list(
            user.memberships.filter(ended_at=None).prefetch_related("communes")
        )
    return user._memberships_in_force


def has_role(user: User, role: str, commune: AdministrativeUnit | None = None) -> bool:
    """Whether the user holds the role: in that commune, or anywhere if none is given."""
    return any(
        membership.everywhere or commune is None or commune in membership.communes.all()
        for membership in memberships_of(user)
        if membership.role == role
    )


def within(
    queryset: QuerySet, user: User, roles: Iterable[str], commune_path: str
) -> QuerySet:
    """The rows of `queryset` whose commune (at `commune_path`) lies within one of the roles."""
    held = [m for m in memberships_of(user) if m.role in set(roles)]
    if any(membership.everywhere for membership in held):
        return queryset
    communes = {unit.pk for membership in held for unit in membership.communes.all()}
    return queryset.filter(Q(**{f"{commune_path}__in": communes}))


def can_manage_people(user: User) -> bool:
    """Invite staff, give and end roles, close accounts."""
    return has_role(user, Role.ADMINISTRATOR)


def is_staff_member(user: User) -> bool:
    """Whether somebody works for the registry, in whatever role."""
    return bool(memberships_of(user))


def has_just_signed_in(request: HttpRequest) -> bool:
    """Whether it was she who gave the password, minutes ago: not only an open session."""
    records = get_authentication_records(request, request.user)
    return any(
        record["method"] == "password" and record["at"] > time.time() - JUST_NOW
        for record in records
    )
