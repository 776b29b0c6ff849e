from django.http import Http404
from django.shortcuts import get_object_or_404, render

from accounts.permissions import has_role
from certificates import history as words
from certificates.permissions import READERS
from certificates.views.base import ROWS, readers_only
from core import codes
from core.models import Event
from registry.models import House


@readers_only
def history(request, number):
    """All that ever happened to a house, newest first."""
    houses = House.objects.select_related("commune")
    house = get_object_or_404(houses, number=codes.clean(number))
    if not any(has_role(request.user, role, house.commune) for role in READERS):
        raise Http404
    events = Event.objects.under(house)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        events = events.filter(pk__lt=before)
    rows = list(events[: ROWS + 1])
    context = {
        "house": house,
        "lines": words.lines(house, rows[:ROWS]),
        "next_url": f"?before={rows[ROWS - 1].pk}" if len(rows) > ROWS else "",
    }
    return render(request, "certificates/history.html", context)
