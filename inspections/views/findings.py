"""Findings as the office follows them."""

from django.shortcuts import render

from inspections.forms import FindingFilter
from inspections.permissions import visible_findings
from inspections.views.office import office_only, pages, tabs
from inspections.views.visits import houses_called


@office_only
def findings(request):
    form = FindingFilter(request.GET, user=request.user)
    rows = (
        visible_findings(request.user)
        .with_status()
        .select_related("house__commune", "room", "visit")
        .prefetch_related("visit__version")
        .order_by("closed_at", "due_at", "pk")
    )
    if form.is_valid():
        rows = _filtered(rows, **form.cleaned_data)
    context = pages(request, rows) | {
        "form": form,
        "tabs": tabs(request.user, "findings"),
    }
    context["rows"] = [(finding, finding.words()) for finding in context["page"]]
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
