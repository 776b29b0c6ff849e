from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import ConsentText
from core import clock
from core.errors import Refused
from registry import actions
from registry.forms import BecomeLandlordForm, PersonForm
from registry.permissions import is_landlord
from registry.views.base import landlord_only


@login_required
@never_cache
def start(request):
    """The first time: who lets the rooms, and the terms."""
    if is_landlord(request.user):
        return redirect("registry:houses")
    known = {"full_name": request.user.full_name, "phone": request.user.phone}
    form = BecomeLandlordForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.become_landlord(
                user=request.user,
                kind=form.cleaned_data["kind"],
                full_name=form.cleaned_data["full_name"],
                phone=form.cleaned_data["phone"],
                language=get_language(),
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Now register your first house."))
            return redirect("registry:house_new")
    terms = _words(ConsentText.Kind.LANDLORD_TERMS)
    return render(request, "registry/start.html", {"form": form, "terms": terms})


@landlord_only
def person(request):
    """Name and telephone number of the landlord."""
    landlord = request.user.landlord
    form = PersonForm(request.POST or None, instance=landlord)
    if request.method == "POST" and form.is_valid():
        actions.change_landlord(landlord=landlord, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("registry:houses")
    return render(request, "registry/person.html", {"form": form})


@landlord_only
def contact(request):
    """Whether workers may ask for the number; a consent that can be taken back."""
    landlord = request.user.landlord
    if request.method == "POST":
        shown = request.POST.get("shown") == "yes"
        actions.show_contact(
            landlord=landlord, shown=shown, language=get_language(), by=request.user
        )
        messages.success(
            request,
            _("Workers can ask for your number now.")
            if shown
            else _("Nobody sees your number now."),
        )
        return redirect("registry:houses")
    text = _words(ConsentText.Kind.CONTACT_SHOWN)
    context = {"landlord": landlord, "text": text}
    return render(request, "registry/contact.html", context)


def _words(kind):
    """What is agreed to today, line by line, in the language of the page."""
    text = (
        ConsentText.objects.filter(kind=kind, in_force_from__lte=clock.today())
        .order_by("-version")
        .first()
    )
    return text.text.get(get_language(), text.text["vi"]).splitlines() if text else []
