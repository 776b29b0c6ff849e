"""Versions of the checklist: kept by administrators who work everywhere."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import Refused
from inspections import actions
from inspections.forms import DraftForm
from inspections.models import ChecklistVersion
from inspections.permissions import can_manage_checklists
from inspections.views.office import only, tabs

keepers_only = only(can_manage_checklists)
ACTS = {"publication": actions.publish_version, "retirement": actions.retire_version}


@keepers_only
def versions(request):
    form = DraftForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["file"]
        try:
            actions.new_draft(document=document, by=request.user)
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            messages.success(request, _("The draft is kept. Read it, then publish it."))
            return redirect("inspections:versions")
    rows = ChecklistVersion.objects.defer("document").order_by("checklist", "-number")
    context = {
        "form": form,
        "versions": rows,
        "tabs": tabs(request.user, "versions"),
    }
    return render(request, "inspections/versions.html", context)


@keepers_only
def change(request, pk, act):
    version = get_object_or_404(ChecklistVersion, pk=pk)
    if act not in ACTS:
        raise Http404
    if request.method == "POST":
        try:
            ACTS[act](version=version, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect("inspections:versions")
    context = {"version": version, "publishing": act == "publication"}
    return render(request, "inspections/version_change.html", context)
