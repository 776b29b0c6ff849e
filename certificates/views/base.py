"""What the office's pages share: who may be here, and what she may open."""

import functools

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from certificates.models import Certificate
from certificates.permissions import (
    can_read_somewhere,
    can_review_somewhere,
    can_see_certificate,
    can_see_review,
)
from inspections.models import Submission

ROWS = 50


def only(may):
    """Signed in, and with a role that has business here anywhere at all."""

    def guarded(view):
        @functools.wraps(view)
        def page(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(never_cache(page))

    return guarded


reviewers_only = only(can_review_somewhere)
readers_only = only(can_read_somewhere)


def submission_to_review(request, pk):
    """A visit in one of her communes; any other is not there."""
    submissions = Submission.objects.accepted().select_related(
        "visit__house__commune",
        "visit__house__landlord",
        "visit__inspector",
        "visit__version",
        "visit__follow_up_of",
        "returned__by",
        "settlement__by",
    )
    submission = get_object_or_404(submissions, pk=pk)
    if not can_see_review(request.user, submission):
        raise Http404
    return submission


def certificate_to_see(request, number):
    certificates = Certificate.objects.with_status().select_related(
        "room__house__commune__parent",
        "room__house__landlord",
        "decision__submission__visit__house__commune",
        "superseded_by",
    )
    certificate = get_object_or_404(certificates, number=number)
    if not can_see_certificate(request.user, certificate):
        raise Http404
    return certificate


def tabs(request, current):
    """The office's lists of this room, those that the user may open."""
    places = [
        ("reviews", _("Reviews"), can_review_somewhere),
        ("certificates", _("Certificates"), can_read_somewhere),
    ]
    return [
        {
            "title": title,
            "address": reverse(f"certificates:{name}"),
            "current": name == current,
        }
        for name, title, may in places
        if may(request.user)
    ]
