"""The coordinator plans visits; the office reads them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import within
from core import clock, codes
from core.errors import Refused
from core.paging import pages
from inspections import actions, beside
from inspections.arrivals import arrivals_of, progress_words
from inspections.forms import PlanForm, SearchForm, VisitFilter, WithdrawalForm
from inspections.models import EvidencePhoto, Submission, Upload, Visit
from inspections.permissions import (
    can_plan,
    can_plan_somewhere,
    can_return,
    can_see_confidential,
    can_see_visit,
    can_withdraw,
    visible_visits,
)
from inspections.sheet import places_of
from inspections.views.office import office_only, planners_only, tabs
from registry.models import House

MOST_FOUND = 20


@office_only
def visits(request):
    form = VisitFilter(request.GET, user=request.user)
    rows = (
        visible_visits(request.user)
        .with_state()
        .select_related("house__commune", "inspector")
        .order_by("-planned_for", "-created_at")
    )
    if form.is_valid():
        rows = _filtered(rows, **form.cleaned_data)
    context = pages(request, rows) | {
        "form": form,
        "tabs": tabs(request.user, "visits"),
        "may_plan": can_plan_somewhere(request.user),
    }
    _tell_what_is_coming(context["page"])
    return render(request, "inspections/visits.html", context)


def _tell_what_is_coming(page):
    """In words, to each visit of which a part has come in."""
    rows = {visit.pk: visit for visit in page}
    for upload in Upload.objects.incomplete().filter(visit__in=rows):
        rows[upload.visit].coming = progress_words(upload)


def _filtered(rows, *, q, state, commune, inspector, planned_from, planned_to):
    if q:
        rows = rows.filter(Q(house__in=houses_called(q)))
    wishes = {
        "state": state,
        "house__commune": commune,
        "inspector": inspector,
        "planned_for__gte": planned_from,
        "planned_for__lte": planned_to,
    }
    return rows.filter(**{name: wish for name, wish in wishes.items() if wish})


def houses_called(words):
    """By number, name, street, hamlet, address or landlord."""
    return House.objects.filter(
        Q(number=codes.clean(words))
        | Q(name__icontains=words)
        | Q(street__icontains=words)
        | Q(hamlet__icontains=words)
        | Q(address__icontains=words)
        | Q(landlord__full_name__icontains=words)
    )


@planners_only
def follow_ups(request):
    """Houses to be visited again: the earliest date first."""
    rows = within(
        Visit.objects.needing_follow_up(),
        request.user,
        [Role.COORDINATOR],
        "house__commune",
    ).select_related("house__commune", "inspector")
    context = pages(request, rows) | {
        "tabs": tabs(request.user, "follow_ups"),
        "now": clock.now(),
    }
    return render(request, "inspections/follow_ups.html", context)


@planners_only
def choose(request):
    """First the house."""
    form = SearchForm(request.GET or None)
    houses = []
    if form.is_valid():
        near = within(
            houses_called(form.cleaned_data["q"]).registered(),
            request.user,
            [Role.COORDINATOR],
            "commune",
        )
        houses = near.select_related("commune", "landlord").prefetch_related(
            Prefetch("visits", Visit.objects.planned(), to_attr="planned"),
            Prefetch("visits", Visit.objects.received(), to_attr="received"),
        )[:MOST_FOUND]
    context = {"form": form, "houses": houses}
    return render(request, "inspections/choose_house.html", context)


@planners_only
def plan(request, number):
    """Then the inspector and the day."""
    house = _house(request.user, number)
    follows = _followed(house, request.GET.get("follows"))
    form = PlanForm(request.POST or None, house=house)
    if request.method == "POST" and form.is_valid():
        try:
            visit = actions.plan_visit(
                house=house, follow_up_of=follows, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The visit is planned."))
            return redirect("inspections:visit", visit.pk)
    context = {"house": house, "follows": follows, "form": form}
    return render(request, "inspections/plan.html", context)


def _house(user, number):
    houses = House.objects.registered().select_related("commune", "landlord")
    house = get_object_or_404(houses, number=number)
    if not can_plan(user, house):
        raise Http404
    return house


def _followed(house, told):
    """The visit that is to be followed; only its newest can be."""
    newest = house.visits.received().order_by("-received_at").first()
    return newest if newest and told == str(newest.pk) else None


@office_only
def visit(request, pk):
    visit = _visit(request.user, pk)
    submissions = list(
        visit.submissions.select_related(
            "sent_by", "returned__by", "settlement", "settled_in__by"
        ).order_by("revision", "id")
    )
    accepted = [each for each in submissions if each.accepted]
    shown = _record(submissions, request.GET.get("record")) or _shown(
        accepted, request.GET.get("revision")
    )
    findings = visit.findings.with_status().select_related("room", "visit__version")
    context = {
        "visit": visit,
        "refused": [each for each in submissions if not each.accepted],
        "revisions": accepted[1:] and accepted,
        "shown": shown,
        "findings": [(each, each.words()) for each in findings.order_by("due_at")],
        "arrivals": arrivals_of(list(Upload.objects.incomplete().filter(visit=pk))),
        "may_compare": bool(accepted) and can_return(request.user, accepted[-1]),
        "may_withdraw": visit.state == "planned" and can_withdraw(request.user, visit),
    }
    if shown:
        context |= _content(request.user, visit, shown)
    return render(request, "inspections/visit.html", context)


def _content(user, visit, shown):
    shown.visit = visit  # with its version and house, read already
    photos = EvidencePhoto.objects.brought_by(shown).aggregate(
        count=Count("pk"), waiting=Count("pk", filter=Q(processed_at=None))
    )
    return {
        "places": places_of(shown, confidential=can_see_confidential(user, visit)),
        "returned": getattr(shown, "returned", None),
        "receipt": shown.receipt and codes.shown(shown.receipt),
        "same_day": Submission.objects.same_day_as(shown).with_rooms(),
        "flags": beside.flags_of(shown),
        "skew": beside.skew_of(shown),
        "signatures": beside.signatures_of(shown),
        "photos": photos,
    }


def _visit(user, pk):
    visits = Visit.objects.with_state().select_related(
        "house__commune",
        "house__landlord",
        "inspector",
        "planned_by",
        "withdrawn_by",
        "version",
        "follow_up_of",
    )
    visit = get_object_or_404(visits, pk=pk)
    if not can_see_visit(user, visit):
        raise Http404
    return visit


def _record(submissions, told):
    """Any that came in, also one that was kept beside another."""
    return next((each for each in submissions if str(each.pk) == told), None)


def _shown(accepted, told):
    """The revision asked for; else the newest."""
    for submission in accepted:
        if str(submission.revision) == told:
            return submission
    return accepted[-1] if accepted else None


@planners_only
def withdraw(request, pk):
    visit = _visit(request.user, pk)
    if not can_withdraw(request.user, visit):
        raise Http404
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_visit(visit=visit, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The visit is withdrawn."))
            return redirect("inspections:visit", pk)
    context = {"visit": visit, "form": form}
    return render(request, "inspections/visit_withdrawal.html", context)
