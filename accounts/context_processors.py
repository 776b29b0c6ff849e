from typing import NamedTuple

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import has_role, is_staff_member


class Link(NamedTuple):
    address: str
    icon: str
    words: str
    current: bool


OFFICE_ROLES = [role for role in Role if role != Role.INSPECTOR]


def navigation(request):
    """Where a signed-in person may go. Asked only by pages that show it."""
    return {"navigation": SimpleLazyObject(lambda: _links(request))}


def _links(request):
    here = f"/{request.path.removeprefix('/en/').lstrip('/')}"
    return [
        Link(address, icon, words, here.startswith(address))
        for address, icon, words, may in _places(request.user)
        if may
    ]


def _places(user):
    staff = is_staff_member(user)
    office = any(has_role(user, role) for role in OFFICE_ROLES)
    inspector = has_role(user, Role.INSPECTOR)
    return [
        ("/landlord/", "house", _("My houses"), user.is_authenticated and not staff),
        ("/tablet/", "tablet", _("Visits"), inspector),
        ("/office/", "document", _("Office"), office),
        ("/admin/", "key", _("Administration"), user.is_staff),
        ("/account/2fa/", "person", _("Account"), staff),
    ]
