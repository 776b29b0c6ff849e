"""Print runs: ordered, received, moved; and what became of every copy."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock, codes
from core.paging import pages
from core.tables import MOST, download
from handbooks import actions
from handbooks.forms import MoveForm, OrderForm, ReasonForm, ReceiptForm, WriteOffForm
from handbooks.models import PrintRun
from handbooks.reports import run_columns
from handbooks.reprinting import standings
from handbooks.views.files import whole
from handbooks.views.stock.base import done, orderers_only, tabs


@orderers_only
def runs(request):
    context = pages(request, PrintRun.objects.listed())
    held = standings(context["page"])
    context |= {
        "runs": [(run, held[run.pk]) for run in context["page"]],
        "tabs": tabs(request.user, "print-runs"),
    }
    return render(request, "handbooks/stock/runs.html", context)


@orderers_only
@require_safe
def table(request):
    """The same runs, with where their copies lie, as one file."""
    rows = list(PrintRun.objects.listed()[: MOST + 1])
    return download(f"print-runs-{clock.today()}", run_columns(rows), rows)


@orderers_only
def new_run(request):
    form = OrderForm(request.POST or None, initial=_initial(request))
    posted = request.method == "POST"
    if posted and (run := done(form, actions.order_run, by=request.user)):
        messages.success(request, _("Ordered. Its file is being made."))
        return redirect("handbooks:print-run", run.shown_number)
    return render(request, "handbooks/stock/new_run.html", {"form": form})


def _initial(request):
    """An event's page leads here with its number."""
    event = request.GET.get("event", "")
    return {"event": event} if event.isascii() and event.isdigit() else {}


@orderers_only
def run(request, number):
    return _page(request, _run(number))


def _page(request, run, **wrong):
    """With the form that could not be done, as it was filled in."""
    holds = run.left > 0
    context = {
        "run": run,
        "standing": standings([run])[run.pk],
        "stock": run.stock.filter(copies__gt=0).select_related("place__commune"),
        "movements": run.movements.told(),
        "receipt": ReceiptForm(prefix="receipt", initial={"copies": run.missing}),
        "move": MoveForm(prefix="move", run=run) if holds else None,
        "write_off": WriteOffForm(prefix="off", run=run) if holds else None,
        "cancellation": ReasonForm(prefix="cancel"),
        **wrong,
    }
    return render(request, "handbooks/stock/run.html", context)


def _run(number):
    listed = PrintRun.objects.listed().select_related("cancelled_by")
    return get_object_or_404(listed, number=codes.clean(number))


def _act(request, number, name, make, act, said):
    found = _run(number)
    form = make(found)
    if done(form, act, run=found, by=request.user):
        messages.success(request, said)
        return redirect("handbooks:print-run", found.shown_number)
    return _page(request, found, **{name: form})


@orderers_only
@require_POST
def receipt(request, number):
    def make(run):
        return ReceiptForm(request.POST, prefix="receipt")

    said = _("Taken into the stock.")
    return _act(request, number, "receipt", make, actions.receive, said)


@orderers_only
@require_POST
def movement(request, number):
    def make(run):
        return MoveForm(request.POST, prefix="move", run=run)

    return _act(request, number, "move", make, actions.move, _("Moved."))


@orderers_only
@require_POST
def write_off(request, number):
    def make(run):
        return WriteOffForm(request.POST, prefix="off", run=run)

    said = _("Written off.")
    return _act(request, number, "write_off", make, actions.write_off, said)


@orderers_only
@require_POST
def cancellation(request, number):
    def make(run):
        return ReasonForm(request.POST, prefix="cancel")

    said = _("The order is cancelled.")
    return _act(request, number, "cancellation", make, actions.cancel_run, said)


@orderers_only
@require_safe
def file(request, number):
    """What goes to the printer: the published file with the batch number in it."""
    found = get_object_or_404(PrintRun, number=codes.clean(number))
    if not found.made_at:
        raise Http404
    return whole(found.printed)
