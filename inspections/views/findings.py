"""Findings as the office follows them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import Refused
from core.paging import pages
from inspections import actions
from inspections.forms import FindingFilter, WaiverForm
from inspections.models import Finding
from inspections.permissions import can_waive, visible_findings
from inspections.views.office import office_only, tabs
from inspections.views.visits import houses_called


@office_only
def findings(request):
    form = FindingFilter(request.GET, user=request.user)
    rows = (
        visible_findings(request.user)
        .with_status()
        .select_related("house__commune", "house__landlord", "room", "visit")
        .prefetch_related("visit__version")
        .order_by("closed_at", "due_at", "pk")
    )
    if form.is_valid():
        rows = _filtered(rows, **form.cleaned_data)
    context = pages(request, rows) | {
        "form": form,
        "tabs": tabs(request.user, "findings"),
    }
    context["rows"] = [
        (finding, finding.words(), _may_be_waived(request.user, finding))
        for finding in context["page"]
    ]
    return render(request, "inspections/findings.html", context)


def _filtered(rows, *, q, status, severity, commune):
    if q:
        rows = rows.filter(house__in=houses_called(q))
    if status in ("", "unsettled"):
        rows = rows.open()
    elif status != "all":
        rows = rows.filter(status=status)
    wishes = {"severity": severity, "house__commune": commune}
    return rows.filter(**{name: wish for name, wish in wishes.items() if wish})


def _may_be_waived(user, finding):
    settled = finding.closed_at or finding.needs_visit
    return not settled and can_waive(user, finding)


@office_only
def waive(request, pk):
    rows = Finding.objects.open().select_related(
        "house__commune", "house__landlord", "room", "visit__version"
    )
    finding = get_object_or_404(rows, pk=pk)
    if not can_waive(request.user, finding):
        raise Http404
    form = WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.waive(finding=finding, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("It is no longer asked for."))
            return redirect("inspections:findings")
    context = {"finding": finding, "words": finding.words(), "form": form}
    return render(request, "inspections/waiver.html", context)
