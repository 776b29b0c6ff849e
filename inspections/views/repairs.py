"""The office looks at what landlords have repaired."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import Refused
from inspections import actions
from inspections.forms import VerificationForm
from inspections.models import EvidencePhoto, Repair, Verification
from inspections.permissions import (
    can_see_finding,
    can_verify,
    repairs_to_verify,
)
from inspections.views.history import history_of, picture_of
from inspections.views.office import office_only, tabs

PAGE = 25


@office_only
def repairs(request):
    """Reported repairs that wait to be looked at, the oldest first."""
    after = request.GET.get("after", "")
    after = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    rows = list(
        repairs_to_verify(request.user)
        .filter(pk__gt=after)
        .select_related("finding__house__commune", "finding__room")
        .prefetch_related("finding__visit__version")
        .order_by("pk")[: PAGE + 1]
    )
    context = {
        "rows": [(row, row.finding, row.finding.words()) for row in rows[:PAGE]],
        "next_url": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "first_url": request.path if after else "",
        "tabs": tabs(request.user, "repairs"),
    }
    return render(request, "inspections/repairs.html", context)


@office_only
def repair(request, pk):
    claim = get_object_or_404(_repairs(), pk=pk)
    finding = claim.finding
    # A landlord who also works for the registry sees her own tasks on her own pages.
    if not can_see_finding(request.user, finding) or (
        finding.house.landlord.user_id == request.user.pk
    ):
        raise Http404
    may_verify, waits = can_verify(request.user, finding), _waits(claim)
    form = VerificationForm(request.POST or None, needs_visit=finding.needs_visit)
    if request.method == "POST":
        if not may_verify:
            raise PermissionDenied
        if form.is_valid() and _verify(request, claim, form):
            return redirect("inspections:repairs")
    context = {
        "repair": claim,
        "finding": finding,
        "words": finding.words(),
        "before": _before(finding),
        "after": claim.large and picture_of(claim, "large"),
        "history": history_of(finding),
        "form": form if may_verify and (waits or form.errors) else None,
    }
    return render(request, "inspections/repair.html", context)


def _repairs():
    answers = Verification.objects.select_related("by").order_by("at")
    return Repair.objects.select_related(
        "finding__house__commune",
        "finding__house__landlord",
        "finding__room",
        "finding__visit__version",
        "verification",
    ).prefetch_related(
        "finding__repairs__by", Prefetch("finding__verifications", answers)
    )


def _before(finding):
    photos = EvidencePhoto.objects.of_findings([finding])[finding.pk]
    return [picture_of(photo, "large") for photo in photos[:3]]


def _waits(repair):
    return repair.finding.closed_at is None and not hasattr(repair, "verification")


def _verify(request, repair, form):
    """Whether the answer is kept; if not, the form says what to do."""
    try:
        actions.verify_repair(repair=repair, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        form.add_error("note", error.messages)
    else:
        messages.success(request, _("The landlord sees your answer now."))
        return True
    return False
