import functools

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from accounts.permissions import can_manage_people
from core import clock, codes, disk
from core.text import nfc
from desks import house as gathered
from desks.office import blocks_for
from desks.permissions import can_enter_office, can_look_up_houses, office_houses
from desks.search import MOST, houses_called
from handbooks.permissions import can_edit
from inspections.permissions import can_plan, can_plan_somewhere

LONGEST = 80  # letters of a search that are looked at


def only(may):
    def guarded(view):
        @functools.wraps(view)
        def page(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(never_cache(page))

    return guarded


@only(can_enter_office)
def home(request):
    """What waits for whoever sits here."""
    blocks = blocks_for(request.user)
    context = {
        "blocks": [block for block in blocks if block.count],
        "quiet": [block for block in blocks if not block.count],
        "may_look_up": can_look_up_houses(request.user),
        "may_plan": can_plan_somewhere(request.user),
        "may_edit": can_edit(request.user),
        "may_manage": can_manage_people(request.user),
        "megabytes_left": disk.free_megabytes() if disk.is_low() else None,
        "today": clock.today(),
    }
    return render(request, "desks/office.html", context)


@only(can_look_up_houses)
def houses(request):
    """Houses by number, telephone, name or address; the only one found opens at once."""
    words = nfc(request.GET.get("q", ""))[:LONGEST].strip()
    found = houses_called(office_houses(request.user), words) if words else []
    if len(found) == 1:
        return redirect("desks:house", found[0].number)
    context = {"words": words, "houses": found, "more": len(found) == MOST}
    return render(request, "desks/houses.html", context)


@only(can_look_up_houses)
def house(request, number):
    house = _house(request.user, number)
    visits = gathered.visits_of(house)
    planned = next((visit for visit in visits if visit.state == "planned"), None)
    may_plan = can_plan(request.user, house) and house.is_registered and not planned
    context = {
        "house": house,
        "rooms": gathered.rooms_of(house),
        "photos": gathered.photos_of(house),
        "gone": gathered.gone_rooms_of(house),
        "visits": visits,
        "planned": planned,
        "findings": gathered.findings_of(house),
        "lookalikes": gathered.lookalikes_of(house),
        "lines": gathered.history_of(house),
        "may_plan": may_plan,
        "today": clock.today(),
    }
    return render(request, "desks/house.html", context)


def _house(user, number):
    houses = office_houses(user).select_related("commune__parent", "landlord")
    return get_object_or_404(houses, number=codes.clean(number))
