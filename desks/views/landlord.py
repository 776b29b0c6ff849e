from django.shortcuts import render

from core import clock
from desks import landlord as gathered
from reference.models import LegalReference
from registry.views.base import landlord_only


@landlord_only
def home(request):
    """What needs doing first, then the houses."""
    findings = gathered.findings_of(request.user)
    houses = gathered.houses_of(request.user)
    today = clock.today()
    context = {
        "to_repair": [f for f in findings if f.status != "repair_claimed"],
        "reported": [f for f in findings if f.status == "repair_claimed"],
        "drafts": [house for house in houses if house.is_draft],
        "unvisited": [h for h in houses if h.is_registered and not h.visited],
        "ending": gathered.ending_soon(houses),
        "houses": [house for house in houses if house.is_registered],
        "today": today,
        "duties": LegalReference.objects.holding(gathered.DUTIES, today),
    }
    return render(request, "desks/landlord.html", context)
