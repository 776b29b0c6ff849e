"""Events: where people were met, how many, and what was handed out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.paging import pages
from core.tables import download
from handbooks import actions
from handbooks.forms import BringBackForm, EventForm, HandOutForm, SeasonForm
from handbooks.models import Movement, PrintRun, Stock
from handbooks.permissions import can_order, held_events, open_communes
from handbooks.reports import event_columns
from handbooks.views.stock.base import done, holders_only, tabs


@holders_only
def events(request):
    form = SeasonForm(request.GET)
    held = held_events(request.user)
    if form.is_valid():
        held = held.held_between(**form.cleaned_data)
    context = pages(request, held.listed())
    context |= {"form": form, "tabs": tabs(request.user, "events")}
    return render(request, "handbooks/stock/events.html", context)


@holders_only
@require_safe
def table(request):
    """The same events, with all that partners ask about, as one file."""
    form = SeasonForm(request.GET)
    if not form.is_valid():  # the list says what is wrong
        return redirect(f"{reverse('handbooks:events')}?{request.GET.urlencode()}")
    held = held_events(request.user).held_between(**form.cleaned_data)
    rows = held.listed().iterator(chunk_size=500)
    return download(f"events-{clock.today()}", event_columns(held), rows)


@holders_only
def new_event(request):
    form = EventForm(request.POST or None, communes=open_communes(request.user))
    posted = request.method == "POST"
    if posted and (event := done(form, actions.add_event, by=request.user)):
        messages.success(request, _("The event is written down."))
        return redirect("handbooks:event", event.pk)
    return render(request, "handbooks/stock/edit_event.html", {"form": form})


@holders_only
def event(request, pk):
    return _page(request, _event(request, pk))


def _page(request, event, **wrong):
    given = Movement.objects.given_by_run(event)
    runs = PrintRun.objects.with_edition().filter(pk__in=given).order_by("pk")
    context = {
        "event": event,
        "given": [(run, given[run.pk]) for run in runs],
        "runs": event.runs.with_edition(),
        "hand_out": HandOutForm(prefix="out", stock=_stock()),
        "bring_back": BringBackForm(prefix="back", event=event) if given else None,
        "movements": event.movements.told().select_related("run"),
        "quizzes": event.quizzes.all(),
        "questions": event.questions.count(),
        "may_order": can_order(request.user),
        **wrong,
    }
    return render(request, "handbooks/stock/event.html", context)


def _stock():
    return Stock.objects.there().order_by("place__name", "run__ordered_at")


def _event(request, pk):
    events = held_events(request.user).select_related("commune", "made_by")
    return get_object_or_404(events, pk=pk)


@holders_only
def edit_event(request, pk):
    found = _event(request, pk)
    communes = open_communes(request.user)
    form = EventForm(request.POST or None, instance=found, communes=communes)
    if request.method == "POST" and done(
        form, actions.change_event, event=found, by=request.user
    ):
        messages.success(request, _("Saved."))
        return redirect("handbooks:event", pk)
    context = {"form": form, "event": found}
    return render(request, "handbooks/stock/edit_event.html", context)


@holders_only
@require_POST
def handing_out(request, pk):
    found = _event(request, pk)
    form = HandOutForm(request.POST, prefix="out", stock=_stock())

    def give(*, stock, copies):
        return actions.hand_out(
            event=found,
            run=stock.run,
            from_place=stock.place,
            copies=copies,
            by=request.user,
        )

    if done(form, give):
        messages.success(request, _("Taken from the stock."))
        return redirect("handbooks:event", pk)
    return _page(request, found, hand_out=form)


@holders_only
@require_POST
def return_of_copies(request, pk):
    found = _event(request, pk)
    form = BringBackForm(request.POST, prefix="back", event=found)
    if done(form, actions.bring_back, event=found, by=request.user):
        messages.success(request, _("Taken back into the stock."))
        return redirect("handbooks:event", pk)
    return _page(request, found, bring_back=form)
