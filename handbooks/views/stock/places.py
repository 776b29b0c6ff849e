"""Where printed copies lie."""

from itertools import groupby

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from handbooks import actions
from handbooks.forms import PlaceForm
from handbooks.models import Stock, StorePlace
from handbooks.reprinting import standings
from handbooks.views.stock.base import done, orderers_only, tabs


@orderers_only
def stock(request):
    """What lies where, and which of it no longer holds."""
    rows = list(Stock.objects.there().order_by("place__name", "run__ordered_at"))
    held = standings({row.run_id: row.run for row in rows}.values())
    places = [
        (place, [(row, held[row.run_id]) for row in here])
        for place, here in groupby(rows, key=lambda row: row.place)
    ]
    context = {"places": places, "tabs": tabs(request.user, "stock")}
    return render(request, "handbooks/stock/stock.html", context)


@orderers_only
def places(request):
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and done(form, actions.add_place, by=request.user):
        messages.success(request, _("The place is added."))
        return redirect("handbooks:places")
    rows = StorePlace.objects.in_use().select_related("commune")
    # Asked for: what is summed up forgets the order of its model.
    counted = rows.annotate(copies=Sum("stock__copies", default=0)).order_by("name")
    context = {
        "places": counted,
        "form": form,
        "tabs": tabs(request.user, "places"),
    }
    return render(request, "handbooks/stock/places.html", context)


@orderers_only
@require_POST
def closing(request, pk):
    place = get_object_or_404(StorePlace, pk=pk)
    try:
        actions.close_place(place=place, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The place is closed."))
    return redirect("handbooks:places")
