"""What the landlord's pages share: who may be here, and whose house it is."""

import functools

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from core import codes
from registry.models import House, Room
from registry.permissions import can_manage_house, can_manage_room, is_landlord


def landlord_only(view):
    """Signed in and registered as a landlord; who is not yet is asked to begin."""

    @functools.wraps(view)
    def page(request, *args, **kwargs):
        if not is_landlord(request.user):
            return redirect("registry:start")
        return view(request, *args, **kwargs)

    return login_required(never_cache(page))


def own_house(request, number):
    """The landlord's own house, withdrawn or not. Anybody else's is not there."""
    houses = House.objects.select_related("landlord", "commune")
    house = get_object_or_404(houses, number=codes.clean(number))
    if not can_manage_house(request.user, house):
        raise Http404
    return house


def own_room(request, code):
    rooms = Room.objects.select_related("house__landlord", "house__commune")
    room = get_object_or_404(rooms, code=codes.clean(code))
    if not can_manage_room(request.user, room):
        raise Http404
    return room
