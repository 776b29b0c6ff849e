"""What a landlord is asked to repair, and how she says that it is done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import Refused
from handbooks.models import EditionSection
from inspections import actions
from inspections.forms import RepairForm
from inspections.models import EvidencePhoto, Finding, Verification
from inspections.views.history import history_of, picture_of
from registry.views.base import landlord_only


@landlord_only
def finding(request, pk):
    found = get_object_or_404(_own_findings(request.user), pk=pk)
    form = RepairForm()
    if request.method == "POST":
        form = RepairForm(request.POST, request.FILES)
        if form.is_valid() and _claim(request, found, form):
            return redirect("inspections:finding", pk)
    photos = EvidencePhoto.objects.of_findings([found])[pk]
    context = {
        "finding": found,
        "words": found.words(),
        "explained": EditionSection.objects.about_items(
            "landlords", get_language() or "vi", found.item
        ).get(found.item),
        "photos": [
            {"small": picture_of(photo), "large": picture_of(photo, "large")}
            for photo in photos[:6]
        ],
        "history": history_of(found),
        "answer": _last_no(found),
        "form": form,
    }
    return render(request, "inspections/finding.html", context)


def _own_findings(user):
    answers = Verification.objects.select_related("by").order_by("at")
    return (
        Finding.objects.of(user)
        .for_landlord()
        .with_status()
        .select_related("house", "room", "visit__version")
        .prefetch_related("repairs__by", Prefetch("verifications", answers))
    )


def _last_no(finding):
    """What staff still miss, as long as it has not been reported again."""
    if finding.status not in ("open", "overdue"):
        return None
    answers = list(finding.verifications.all())
    return answers[-1] if answers else None


def _claim(request, finding, form):
    """Whether it was taken in; if not, the form says what to do."""
    try:
        actions.claim_repair(finding=finding, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        form.add_error("photo", error)
    else:
        messages.success(request, _("Thank you. We look at it and answer here."))
        return True
    return False
