from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates.actions import make_print
from certificates.models import Print
from certificates.permissions import can_print
from certificates.views.base import certificate_to_see
from core.errors import Refused


@require_safe
@login_required
def printed(request, number):
    """The PDF, for the office and the room's landlord: the same bytes each time."""
    certificate = certificate_to_see(request, number)
    if not can_print(request.user, certificate):
        raise Refused(
            "not_in_force", _("Wait until the certificate counts: now it does not.")
        )
    form = request.GET.get("format", Print.Format.DOOR)
    if form not in Print.Format.values:
        raise Http404
    made = make_print(certificate=certificate, form=form)
    response = _unchanged(request, made) or _bytes(made)
    response["ETag"] = f'"{made.sha256}"'
    patch_cache_control(response, private=True, max_age=31_536_000, immutable=True)
    return response


def _unchanged(request, made):
    if f'"{made.sha256}"' in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    return None


def _bytes(made):
    with made.file.open() as file:
        response = HttpResponse(file.read(), content_type="application/pdf")
    name = f"{made.certificate.number}-{made.format}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
