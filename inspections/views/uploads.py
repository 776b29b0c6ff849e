"""What is on its way to the registry: visits of which only a part has come in."""

from django.shortcuts import render

from core.paging import pages
from inspections.arrivals import arrivals_of
from inspections.permissions import visible_uploads
from inspections.views.office import office_only, tabs


@office_only
def uploads(request):
    context = pages(request, visible_uploads(request.user)) | {
        "tabs": tabs(request.user, "uploads")
    }
    context["arrivals"] = arrivals_of(list(context["page"]))
    return render(request, "inspections/uploads.html", context)
