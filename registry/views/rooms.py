from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from registry import actions
from registry.forms import (
    CostForm,
    DraftWithdrawalForm,
    FreeFromForm,
    RentForm,
    RoomForm,
    RunForm,
    WithdrawalForm,
)
from registry.models import cost_rows, tariffs_of
from registry.rules import monthly_cost
from registry.views.base import landlord_only, own_house, own_room

# Where most rooms here are alike: so that a landlord types little.
USUAL = {"max_people": 2, "floor": 1}


def _home(house):
    """Where one was: the rooms of a draft's stepper, or the page of the house."""
    name = "registry:house_rooms" if house.is_draft else "registry:house"
    return redirect(name, house.number)


def _kept(form, act, **arguments):
    """Do the act; what it refuses is shown in the form."""
    try:
        act(**arguments)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()


@landlord_only
def add(request, number):
    house = own_house(request, number)
    form = RoomForm(request.POST or None, initial=USUAL)
    if request.method == "POST" and form.is_valid():
        fields = {"house": house, "by": request.user, **form.cleaned_data}
        if _kept(form, actions.add_room, **fields):
            words = _("Room %(label)s is added.")
            messages.success(request, words % {"label": form.cleaned_data["label"]})
            return _home(house)
    return render(request, "registry/room_add.html", {"house": house, "form": form})


@landlord_only
def add_run(request, number):
    house = own_house(request, number)
    form = RunForm(request.POST or None, initial=USUAL)
    if request.method == "POST" and form.is_valid():
        fields = {"house": house, "by": request.user, **form.cleaned_data}
        if _kept(form, actions.add_rooms, **fields):
            messages.success(request, _("The rooms are added."))
            return _home(house)
    return render(request, "registry/room_run.html", {"house": house, "form": form})


@landlord_only
def room(request, code):
    room = own_room(request, code)
    context = {
        "room": room,
        "house": room.house,
        "photos": room.photos.all(),
        "today": clock.today(),
    }
    return render(request, "registry/room.html", context | _costs(request, room))


def _costs(request, room):
    """What the room really costs for one to four people, each line with its law."""
    form = CostForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    terms, tariffs = room.terms(), tariffs_of(room.house.commune)
    costs = [
        monthly_cost(
            terms,
            people=people,
            tariffs=tariffs,
            day=clock.today(),
            kwh=_for_all(asked.get("kwh"), people),
            m3=_for_all(asked.get("m3"), people),
            declared=not asked.get("undeclared"),
        )
        for people in range(1, 5)
    ]
    return {"cost_form": form, "costs": cost_rows(costs)}


def _for_all(each, people):
    return None if each is None else each * people


@landlord_only
def change(request, code):
    room = own_room(request, code)
    form = RoomForm(request.POST or None, instance=room)
    if request.method == "POST" and form.is_valid():
        fields = {"room": room, "by": request.user, **form.cleaned_data}
        if _kept(form, actions.change_room, **fields):
            messages.success(request, _("Saved."))
            return redirect("registry:room", room.code)
    return render(request, "registry/room_change.html", {"room": room, "form": form})


@landlord_only
def rent(request, code):
    room = own_room(request, code)
    form = RentForm(request.POST or None, instance=room)
    if request.method == "POST" and form.is_valid():
        fields = {"room": room, "by": request.user, **form.cleaned_data}
        if _kept(form, actions.change_rent, **fields):
            words = _("The rent of room %(label)s is changed.")
            messages.success(request, words % {"label": room.label})
            return redirect("registry:house", room.house.number)
    return render(request, "registry/room_rent.html", {"room": room, "form": form})


@landlord_only
def vacancy(request, code):
    """Full, free from today, or free from a day: one button each."""
    room = own_room(request, code)
    how = request.POST.get("how", "")
    form = FreeFromForm(
        request.POST if how == "day" else None, initial={"free_from": room.free_from}
    )
    days = {"full": None, "today": clock.today()}
    if request.method == "POST" and (how in days or form.is_valid()):
        day = days[how] if how in days else form.cleaned_data["free_from"]
        try:
            actions.set_vacancy(room=room, free_from=day, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            words = _("Room %(label)s: saved.")
            messages.success(request, words % {"label": room.label})
        return redirect("registry:house", room.house.number)
    return render(
        request,
        "registry/room_vacancy.html",
        {"room": room, "form": form, "today": clock.today()},
    )


@landlord_only
def withdraw(request, code):
    room = own_room(request, code)
    kind = DraftWithdrawalForm if room.house.is_draft else WithdrawalForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data.get("because", "")
        fields = {"room": room, "because": because, "by": request.user}
        if _kept(form, actions.withdraw_room, **fields):
            words = _("Room %(label)s is withdrawn.")
            messages.success(request, words % {"label": room.label})
            return _home(room.house)
    context = {"room": room, "form": form}
    return render(request, "registry/room_withdrawal.html", context)
