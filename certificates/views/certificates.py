from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from certificates import actions, history
from certificates.forms import BecauseForm, CertificateFilter
from certificates.models import Certificate, Status
from certificates.permissions import (
    can_end_certificate,
    can_see_review,
    office_certificates,
)
from certificates.views.base import ROWS, certificate_to_see, readers_only, tabs
from core import codes
from core.errors import Refused
from core.models import Event, label
from inspections.models import Finding

NEWEST_FIRST = "-pk"


@readers_only
def certificates(request):
    """Newest first, by position, so that the last page costs what the first does."""
    form = CertificateFilter(request.GET, user=request.user)
    rows = office_certificates(request.user).with_status()
    if form.is_valid():
        rows = _filtered(rows, **form.cleaned_data)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=before)
    rows = list(
        rows.select_related("room__house__commune")
        .defer("words")
        .order_by(NEWEST_FIRST)[: ROWS + 1]
    )
    query = request.GET.copy()
    query["before"] = rows[ROWS - 1].pk if len(rows) > ROWS else ""
    context = {
        "form": form,
        "certificates": rows[:ROWS],
        "next_url": f"?{query.urlencode()}" if query["before"] else "",
        "tabs": tabs(request, "certificates"),
    }
    return render(request, "certificates/certificates.html", context)


def _filtered(rows, *, q, status, commune, ending):
    if q:
        code = codes.clean(q)
        rows = rows.filter(
            Q(number=q.strip())
            | Q(code=code)
            | Q(room__code=code)
            | Q(room__house__number=code)
            | Q(room__house__address__icontains=q)
        )
    if status:
        rows = rows.filter(status=status)
    if commune:
        rows = rows.filter(room__house__commune=commune)
    if ending:
        rows = rows & Certificate.objects.ending_within(int(ending))
    return rows


@readers_only
def certificate(request, number):
    certificate = certificate_to_see(request, number)
    house, room = certificate.room.house, certificate.room
    dangers = Finding.objects.open().critical().for_landlord().filter(house=house)
    context = {
        "certificate": certificate,
        "house": house,
        "words": certificate.words.get(request.LANGUAGE_CODE, {}),
        "dangers": dangers.filter(Q(room=None) | Q(room=room)).select_related(
            "room", "visit__version"
        ),
        "suspensions": certificate.suspensions.select_related("by", "lifted_by"),
        "lines": history.lines(house, _events(certificate)),
        "shown_code": codes.shown(certificate.code),
        "may_end": can_end_certificate(request.user, certificate),
        "visit_url": _visit_url(request.user, certificate.decision.submission),
        "over": certificate.status in (Status.REVOKED, Status.SUPERSEDED),
        "ended": certificate.status in (Status.WITHDRAWN, Status.EXPIRED),
        "tabs": tabs(request, "certificates"),
    }
    context["resting"] = [s for s in context["suspensions"] if not s.lifted_by_id]
    return render(request, "certificates/certificate.html", context)


def _visit_url(user, submission):
    """The review for who may see it; for the others of the office the visit itself."""
    if can_see_review(user, submission):
        return reverse("certificates:review", args=[submission.pk])
    return reverse("inspections:visit", args=[submission.visit_id])


def _events(certificate):
    under_house = Event.objects.under(certificate.room.house)
    return list(under_house.filter(subject=label(certificate)))


ENDINGS = {
    "suspension": {
        "act": actions.suspend,
        "title": gettext_lazy("Suspend the certificate of room %(room)s?"),
        "text": gettext_lazy(
            "From now on everybody who checks the code reads that it is suspended."
        ),
        "action": gettext_lazy("Suspend"),
        "done": gettext_lazy("The certificate is suspended."),
    },
    "lifting": {
        "act": actions.lift,
        "title": gettext_lazy("Let the certificate of room %(room)s count again?"),
        "text": gettext_lazy(
            "Your suspension ends now. What is in danger still rests."
        ),
        "action": gettext_lazy("Lift the suspension"),
        "done": gettext_lazy("The suspension is lifted."),
    },
    "revocation": {
        "act": actions.revoke,
        "title": gettext_lazy("Revoke the certificate of room %(room)s for good?"),
        "text": gettext_lazy(
            "This cannot be undone. A new certificate needs a new visit."
        ),
        "action": gettext_lazy("Revoke for good"),
        "done": gettext_lazy("The certificate is revoked."),
    },
}


@readers_only
def ending(request, number, what):
    """Asks for the reason once, and then suspends, lifts or revokes."""
    certificate = certificate_to_see(request, number)
    if not can_end_certificate(request.user, certificate):
        raise PermissionDenied
    form = BecauseForm(request.POST or None)
    words = ENDINGS[what]
    if request.method == "POST" and form.is_valid():
        try:
            words["act"](certificate=certificate, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as invalid:
            form.add_error(None, invalid.messages)
        else:
            messages.success(request, words["done"])
            return redirect("certificates:certificate", number)
    context = {
        "certificate": certificate,
        "form": form,
        "title": words["title"] % {"room": certificate.room.label},
        "text": words["text"],
        "action_text": words["action"],
        "danger": what == "revocation",
    }
    return render(request, "certificates/ending.html", context)
