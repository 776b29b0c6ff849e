"""Ties of inspectors to houses: declared by herself, or kept by a coordinator."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import within
from core.paging import pages
from inspections import actions
from inspections.forms import TieForm
from inspections.models import Tie
from inspections.views.office import tabs, ties_only


@ties_only
def ties(request):
    form = TieForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_tie(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The tie is kept. Thank you for saying so."))
            return redirect("inspections:ties")
    coordinated = within(
        Tie.objects.all(), request.user, [Role.COORDINATOR], "house__commune"
    )
    seen = coordinated | Tie.objects.filter(inspector=request.user)
    rows = seen.select_related("inspector", "house__commune").order_by("-declared_at")
    context = pages(request, rows) | {
        "form": form,
        "tabs": tabs(request.user, "ties"),
    }
    return render(request, "inspections/ties.html", context)
