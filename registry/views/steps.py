"""A house is registered in seven steps; each is saved, and each can be changed later."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.errors import Refused
from registry import actions
from registry.forms import AddressForm, FactsForm, FeeFormSet, PlaceForm
from registry.models import House
from registry.rules import address_key, label_key
from registry.views.base import landlord_only, own_house

STEPS = {
    "address": gettext_lazy("Address"),
    "place": gettext_lazy("On the map"),
    "facts": gettext_lazy("The house"),
    "fees": gettext_lazy("Fees"),
    "rooms": gettext_lazy("Rooms"),
    "photos": gettext_lazy("Photos"),
    "review": gettext_lazy("Look over"),
}


def address_of(step, house):
    return reverse(f"registry:house_{step}", args=[house.number])


def next_step(house):
    """The address of the first step of a draft that still lacks something."""
    if not house.is_described:
        return address_of("place" if house.latitude is None else "facts", house)
    if not house.rooms.current().exists():
        return address_of("rooms", house)
    return address_of("review", house)


def step_context(step, house):
    """What a step's page needs beside its form."""
    names = list(STEPS)
    here = names.index(step)
    draft = house is None or house.is_draft
    steps = [
        {
            "title": title,
            "address": house and address_of(name, house),
            "state": _state(names.index(name), here),
        }
        for name, title in STEPS.items()
    ]
    return {
        "house": house,
        "draft": draft,
        "steps": steps,
        "number": here + 1,
        "title": STEPS[step],
        "skip": house and address_of(names[min(here + 1, 6)], house),
    }


def _state(step, here):
    if step == here:
        return "current"
    return "done" if step < here else "todo"


def _onward(step, house):
    """A draft goes to the next step, a registered house back to its page."""
    if not house.is_draft:
        return redirect("registry:house", house.number)
    names = list(STEPS)
    return redirect(address_of(names[names.index(step) + 1], house))


def _unseen_duplicates(form, house, landlord):
    """Likely duplicates, the first time they turn up; shown once, never blocking."""
    house.address_key = address_key(house.address)
    duplicates = list(House.objects.likely_duplicates(house, landlord=landlord)[:5])
    found = {other.number for other in duplicates}
    if found <= set(form.cleaned_data["seen"].split()):
        return []
    form.data = form.data.copy()
    form.data["seen"] = " ".join(sorted(found))
    return duplicates


@landlord_only
def new(request):
    """The first step: with its address the house begins to exist, as a draft."""
    landlord = request.user.landlord
    form = AddressForm(request.POST or None)
    context = step_context("address", None) | {"form": form}
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        context["duplicates"] = _unseen_duplicates(form, form.instance, landlord)
        if not context["duplicates"]:
            house = actions.begin_house(
                landlord=landlord, by=request.user, **form.house_fields()
            )
            return _onward("address", house)
    return render(request, "registry/step_address.html", _searching(request, context))


@landlord_only
def address(request, number):
    house = own_house(request, number)
    known = {"commune_search": house.commune}
    form = AddressForm(request.POST or None, instance=house, initial=known)
    context = step_context("address", house) | {"form": form}
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        context["duplicates"] = _unseen_duplicates(form, house, house.landlord)
        if not context["duplicates"] and _saved(request, form, house):
            return _onward("address", house)
    return render(request, "registry/step_address.html", _searching(request, context))


def _searching(request, context):
    """Somebody who only looks for the commune is not told what else is missing."""
    if "find" in request.POST:
        instance = context["form"].instance
        form = AddressForm(initial=request.POST.dict(), instance=instance)
        context |= {"form": form, "searched": True}
    return context


def _saved(request, form, house):
    try:
        actions.change_house(house=house, by=request.user, **form.house_fields())
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    return True


@landlord_only
@require_safe
def communes(request):
    """The choices for what is typed so far; a piece of the first step."""
    form = AddressForm(initial={"commune_search": request.GET.get("q", "")[:80]})
    return render(request, "registry/_communes.html", {"form": form, "searched": True})


@landlord_only
def place(request, number):
    house = own_house(request, number)
    form = PlaceForm(request.POST or None, house=house)
    context = step_context("place", house) | {"form": form}
    if request.method == "POST" and form.is_valid():
        context["duplicates"] = _unseen_duplicates(form, house, house.landlord)
        if not context["duplicates"] and _saved(request, form, house):
            return _onward("place", house)
    return render(request, "registry/step_place.html", context)


@landlord_only
def facts(request, number):
    house = own_house(request, number)
    form = FactsForm(request.POST or None, instance=house)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_house(house=house, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return _onward("facts", house)
    context = step_context("facts", house) | {"form": form}
    return render(request, "registry/step_facts.html", context)


@landlord_only
def fees(request, number):
    house = own_house(request, number)
    known = list(house.fees.order_by("pk").values("name", "amount", "per"))
    formset = FeeFormSet(request.POST or None, initial=known, prefix="fees")
    if request.method == "POST" and formset.is_valid():
        try:
            actions.set_fees(house=house, fees=formset.fees(), by=request.user)
        except Refused as refused:
            formset.non_form_errors().append(refused.message)
        else:
            return _onward("fees", house)
    context = step_context("fees", house) | {"formset": formset}
    return render(request, "registry/step_fees.html", context)


@landlord_only
@require_safe
def rooms(request, number):
    house = own_house(request, number)
    if not house.is_draft:
        return redirect("registry:house", house.number)
    current = sorted(house.rooms.current(), key=lambda room: label_key(room.label))
    context = step_context("rooms", house) | {"rooms": current}
    return render(request, "registry/step_rooms.html", context)


@landlord_only
def review(request, number):
    """The last step: everything once more, and the register."""
    house = own_house(request, number)
    if not house.is_draft:
        return redirect("registry:house", house.number)
    if request.method == "POST":
        try:
            house = actions.register_house(house=house, by=request.user)
        except (Refused, ValidationError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        else:
            words = _("Your house is registered. Its number is %(number)s.")
            messages.success(request, words % {"number": house.shown_number})
            return redirect("registry:house", house.number)
    rooms = sorted(house.rooms.current(), key=lambda room: label_key(room.label))
    context = step_context("review", house) | {
        "rooms": rooms,
        "fees": house.fees.order_by("pk"),
        "photo_count": house.photos.count(),
        "missing": next_step(house) if not (house.is_described and rooms) else None,
    }
    return render(request, "registry/step_review.html", context)
