from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from registry import actions
from registry.forms import DraftWithdrawalForm, WithdrawalForm
from registry.models import House
from registry.rules import label_key
from registry.views.base import landlord_only, own_house
from registry.views.steps import next_step


@landlord_only
def houses(request):
    rooms = Q(rooms__withdrawn_at=None)
    free = rooms & Q(rooms__free_from__lte=clock.today())
    own = (
        House.objects.of(request.user)
        .current()
        .select_related("commune")
        .annotate(
            room_count=Count("rooms", filter=rooms),
            free_count=Count("rooms", filter=free),
        )
        .order_by("registered_at", "pk")
    )
    context = {"houses": own, "landlord": request.user.landlord}
    return render(request, "registry/houses.html", context)


@landlord_only
def house(request, number):
    house = own_house(request, number)
    rooms = sorted(house.rooms.current(), key=lambda room: label_key(room.label))
    context = {
        "house": house,
        "rooms": rooms,
        "fees": house.fees.order_by("pk"),
        "photos": house.photos.filter(room=None),
        "today": clock.today(),
        "next_step": next_step(house) if house.is_draft else None,
    }
    return render(request, "registry/house.html", context)


@landlord_only
def withdraw(request, number):
    house = own_house(request, number)
    kind = DraftWithdrawalForm if house.is_draft else WithdrawalForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data.get("because", "")
        try:
            actions.withdraw_house(house=house, because=because, by=request.user)
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The house is withdrawn."))
            return redirect("registry:houses")
    context = {"house": house, "form": form}
    return render(request, "registry/house_withdrawal.html", context)
