"""Two records of one visit: the reviewer compares them and makes one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from certificates import actions
from certificates.forms import SettlingForm
from certificates.permissions import bar_to_deciding, can_see_review
from certificates.views.base import reviewers_only
from core.errors import Refused
from inspections import beside
from inspections.comparing import compared, dangers_of
from inspections.models import Submission


@reviewers_only
def records(request, pk):
    """`pk` is the one that was kept beside. Once settled, what was chosen."""
    second = _kept(request.user, pk)
    settlement = getattr(second, "settled_in", None)
    first = settlement.first if settlement else _counting(second)
    first.visit = second.visit
    places = compared(first, second)
    form = _form(request, places, settlement)
    bar = bar_to_deciding(request.user, first)
    settles = request.method == "POST" and "all" not in request.POST
    if settles and not bar and form.is_valid():
        settled = _settle(form, first, second, request.user)
        if settled:
            messages.success(
                request, _("One record is made of the two. Now it can be decided.")
            )
            return redirect("certificates:review", settled.pk)
    context = {
        "visit": second.visit,
        "house": second.visit.house,
        "sides": [_side("first", first), _side("second", second)],
        "places": _with_fields(places, form),
        "form": form,
        "bar": bar,
        "dangers": [] if settlement else dangers_of(second),
        "settlement": settlement,
        "may_settle": not bar and not settlement and not hasattr(first, "returned"),
        "first": first,
        "versions_differ": first.version != second.version,
    }
    return render(request, "certificates/records.html", context)


def _kept(user, pk):
    submissions = Submission.objects.filter(accepted=False).select_related(
        "visit__house__commune",
        "visit__house__landlord",
        "visit__inspector",
        "visit__version",
        "visit__follow_up_of",
        "sent_by",
        "settled_in__submission",
        "settled_in__first__sent_by",
        "settled_in__by",
    )
    submission = get_object_or_404(submissions, pk=pk)
    if not can_see_review(user, submission):
        raise Http404
    return submission


def _counting(second):
    accepted = second.visit.submissions.accepted().select_related(
        "sent_by", "returned", "settlement"
    )
    return accepted.latest()


def _form(request, places, settlement):
    rows = [row for place in places for row in place.rows if row.choices]
    if settlement:
        return SettlingForm(rows=rows, initial=settlement.choices)
    every = request.POST.get("all")
    if every not in ("first", "second"):
        return SettlingForm(request.POST or None, rows=rows)
    initial = {row.path: every for row in rows}
    return SettlingForm(
        rows=rows, initial=initial | {"because": request.POST.get("because", "")}
    )


def _settle(form, first, second, user):
    try:
        return actions.settle(
            submission=first,
            other=second,
            choices=form.choices(),
            because=form.cleaned_data["because"],
            by=user,
        )
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as invalid:
        form.add_error(None, invalid.messages)
    return None


def _with_fields(places, form):
    return [
        (place, [(row, form[row.path] if row.choices else None) for row in place.rows])
        for place in places
    ]


def _side(name, submission):
    return {
        "name": name,
        "submission": submission,
        "photos": len(submission.document["photos"]),
        "skew": beside.skew_of(submission),
        "flags": beside.flags_of(submission),
        "signatures": beside.signatures_of(submission),
    }
