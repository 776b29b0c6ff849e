"""What the office's pages of this room share."""

import functools

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from inspections.permissions import (
    can_manage_checklists,
    can_plan_somewhere,
    can_use_office,
    can_use_tablet,
)


def only(may):
    """Signed in, and with a role that has business here."""

    def guarded(view):
        @functools.wraps(view)
        def page(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(never_cache(page))

    return guarded


office_only = only(can_use_office)
planners_only = only(can_plan_somewhere)


def _may_see_ties(user):
    return can_plan_somewhere(user) or can_use_tablet(user)


ties_only = only(_may_see_ties)


def tabs(user, current):
    """This room's lists in the office, those that the user may open."""
    places = [
        ("visits", _("Visits"), can_use_office),
        ("uploads", _("On their way"), can_use_office),
        ("rescue", _("Rescue file"), can_plan_somewhere),
        ("follow_ups", _("To visit again"), can_plan_somewhere),
        ("findings", _("Findings"), can_use_office),
        ("repairs", _("Repairs to look at"), can_use_office),
        ("ties", _("Ties"), _may_see_ties),
        ("versions", _("Checklists"), can_manage_checklists),
    ]
    return [
        {
            "title": title,
            "address": reverse(f"inspections:{name}"),
            "current": name == current,
            "count": None,
        }
        for name, title, may in places
        if may(user)
    ]
