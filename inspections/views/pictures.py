"""Pictures of visits and repairs: only to who may see what they show."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.images import CONTENT_TYPES
from inspections.models import EvidencePhoto, Repair
from inspections.permissions import can_see_evidence, can_see_repair


@require_safe
def evidence(request, pk, size):
    photos = EvidencePhoto.objects.shown().select_related(
        "submission__visit__house__commune",
        "submission__visit__house__landlord",
        "submission__visit__version",
    )
    photo = get_object_or_404(photos, pk=pk)
    if not request.user.is_authenticated or not can_see_evidence(request.user, photo):
        raise Http404
    return _picture(photo, size)


@require_safe
def repair(request, pk, size):
    repairs = Repair.objects.exclude(large="").select_related(
        "finding__house__commune", "finding__house__landlord", "finding__visit"
    )
    claim = get_object_or_404(repairs, pk=pk)
    if not request.user.is_authenticated or not can_see_repair(request.user, claim):
        raise Http404
    return _picture(claim, size)


def _picture(thing, size):
    """It never changes, so who may see it keeps it; nobody else's cache does."""
    if size not in ("small", "large"):
        raise Http404
    with getattr(thing, size).open("rb") as file:
        response = HttpResponse(file.read(), content_type=CONTENT_TYPES[size])
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline"
    return response
