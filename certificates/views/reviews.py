from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates import actions, review
from certificates.forms import NoteForm, QueueFilter, RoomDecisionForm
from certificates.models import (
    Certificate,
    Decision,
    Status,
    unsettled_under,
    waiting_results,
    waiting_submissions,
)
from certificates.permissions import bar_to_deciding, reviewable
from certificates.views.base import ROWS, reviewers_only, submission_to_review, tabs
from core import codes
from core.errors import Refused
from core.paging import pages
from inspections import beside
from inspections.comparing import dangers_of
from inspections.models import Finding, Submission


@reviewers_only
def reviews(request):
    """What waits, the dangerous first and then the oldest."""
    form = QueueFilter(request.GET, user=request.user)
    waiting = reviewable(waiting_submissions(), request.user, "visit__house")
    if form.is_valid():
        waiting = _filtered(waiting, **form.cleaned_data)
    rows = (
        waiting.annotate(dangers=_dangers())
        .select_related("visit__house__commune", "visit__inspector")
        .defer("document", "merged")
        .prefetch_related(
            Prefetch(
                "room_results",
                waiting_results().select_related("room").order_by("room__label"),
                to_attr="waiting",
            )
        )
        .order_by("-dangers", "received_at", "pk")
    )
    context = pages(request, rows) | {
        "form": form,
        "tabs": tabs(request, "reviews"),
        "unsettled": _unsettled(request.user),
    }
    _tell_what_rests(context["page"])
    return render(request, "certificates/reviews.html", context)


def _unsettled(user):
    """Also where every room is decided already: the second record may say otherwise."""
    kept = reviewable(Submission.objects.unsettled(), user, "visit__house")
    found = list(
        kept.select_related(
            "visit__house__commune", "visit__inspector", "visit__version"
        ).order_by("received_at")[:ROWS]
    )
    for record in found:
        record.dangers = dangers_of(record)
    return sorted(found, key=lambda record: not record.dangers)


def _filtered(waiting, *, commune, q, urgent):
    if commune:
        waiting = waiting.filter(visit__house__commune=commune)
    if q:
        waiting = waiting.filter(
            Q(visit__house__number=codes.clean(q))
            | Q(visit__house__address__icontains=q)
            | Q(visit__house__street__icontains=q)
        )
    if urgent:
        waiting = waiting.annotate(dangers=_dangers()).filter(dangers__gt=0)
    return waiting


def _dangers():
    open_ones = Finding.objects.open().critical().for_landlord()
    counted = (
        open_ones.filter(house=OuterRef("visit__house"))
        .order_by()
        .values("house")
        .annotate(count=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("count")), 0)


def _tell_what_rests(page):
    """How many certificates of each house are suspended now."""
    houses = {row.visit.house_id for row in page if row.dangers}
    resting = (
        Certificate.objects.current()
        .with_status()
        .filter(room__house__in=houses, status=Status.SUSPENDED)
        .values_list("room__house", flat=True)
    )
    counts = Counter(resting) if houses else Counter()
    for row in page:
        row.resting = counts[row.visit.house_id]


@reviewers_only
def reviewed(request, pk):
    """One visit: what was answered, what the rules say, and what is decided."""
    submission = submission_to_review(request, pk)
    bar = bar_to_deciding(request.user, submission)
    unsettled = list(unsettled_under(submission).defer("document", "merged"))
    forms = _decision_forms(submission, request.POST or None)
    if request.method == "POST" and not bar and not unsettled:
        made = _decide(request, forms)
        settled = not any(form.errors for form in forms)
        if settled and "as_the_rules_say" in request.POST:
            made += _rest_as_the_rules_say(request, submission)
        elif settled and not made:
            messages.warning(request, _("Choose a decision for a room first."))
        if made:
            _thank(request, made)
        if settled:
            return redirect("certificates:review", pk)
    context = _context(request, submission, forms, bar) | {"unsettled": unsettled}
    return render(request, "certificates/review.html", context)


def _decision_forms(submission, data):
    waiting = waiting_results().filter(submission=submission).select_related("room")
    return [
        RoomDecisionForm(data, result=result)
        for result in waiting.order_by("room__label")
    ]


def _decide(request, forms):
    made = []
    for form in forms:
        if not form.is_valid() or not form.cleaned_data["outcome"]:
            continue
        try:
            decision = actions.decide(
                submission=form.result.submission,
                room=form.result.room,
                by=request.user,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as invalid:
            form.add_error("reasons", invalid.messages)
        else:
            made.append(decision)
    return made


def _rest_as_the_rules_say(request, submission):
    """Whatever she has not decided herself."""
    made, refused = actions.decide_as_the_rules_say(
        submission=submission, by=request.user
    )
    for room, refusal in refused:
        messages.error(request, f"{room.label}: {refusal.message}")
    return made


def _thank(request, made):
    text = ngettext(
        "%(count)d room is decided.", "%(count)d rooms are decided.", len(made)
    )
    messages.success(request, text % {"count": len(made)})


def _context(request, submission, forms, bar):
    visit = submission.visit
    results = list(
        submission.room_results.select_related("room").order_by("room__label")
    )
    items = visit.version.items
    for form in forms:
        form.blocking = review.blocking_words(form.result, items)
    places = review.places_of(submission, results)
    return {
        "submission": submission,
        "visit": visit,
        "house": visit.house,
        "places": places,
        "to_look_at": [place for place in places if place.to_look_at],
        "flags": beside.flags_of(submission),
        "forms": forms,
        "bar": bar,
        "decisions": Decision.objects.filter(submission=submission)
        .select_related("room", "decided_by", "certificate")
        .order_by("room__label"),
        "dangers": Finding.objects.open()
        .critical()
        .for_landlord()
        .filter(house=visit.house)
        .select_related("room", "visit__version"),
        "resting": Certificate.objects.current()
        .with_status()
        .filter(room__house=visit.house, status=Status.SUSPENDED)
        .select_related("room"),
        "same_day": Submission.objects.same_day_as(submission).with_rooms(),
        "next": _next(request, submission),
        "tabs": tabs(request, "reviews"),
    }


def _next(request, submission):
    waiting = reviewable(waiting_submissions(), request.user, "visit__house")
    return (
        waiting.exclude(pk=submission.pk)
        .annotate(dangers=_dangers())
        .order_by("-dangers", "received_at", "pk")
        .only("pk")
        .first()
    )


@reviewers_only
def send_back(request, pk):
    submission = submission_to_review(request, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(
                submission=submission, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The inspector finds the visit on her tablet."))
            return redirect("certificates:reviews")
    context = {"submission": submission, "house": submission.visit.house, "form": form}
    return render(request, "certificates/send_back.html", context)
