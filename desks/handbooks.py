"""What waits of the handbooks: to publish, law that ends, comments, printing, events."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from desks.blocks import ROWS, Block, Row
from handbooks.alarms import alarms
from handbooks.models import Comment, Edition, PrintRun, Question
from handbooks.permissions import held_events
from handbooks.reprinting import standings


def editions(user):
    """Prepared by somebody else: she can publish them."""
    waiting = Edition.objects.filter(state=Edition.State.PREPARED)
    waiting = waiting.exclude(prepared_by=user).order_by("prepared_at")
    rows = [
        Row(
            edition.title,
            reverse("handbooks:edition", args=[edition.code]),
            f"{edition.code} · {edition.prepared_by}",
            edition.prepared_at,
        )
        for edition in waiting.select_related("prepared_by").defer("html")[:ROWS]
    ]
    title = _("Handbooks to publish")
    address = reverse("handbooks:office")
    return Block("editions", "book", title, waiting.count(), "", address, rows)


def laws(user):
    ending = alarms(clock.today()).all
    address = reverse("handbooks:alarms")
    rows = [
        Row(alarm.words, address, alarm.why, alarm.day, due=True)
        for alarm in ending[:ROWS]
    ]
    title = _("Law that texts rest on changes")
    return Block("laws", "warning", title, len(ending), "", address, rows)


def comments(user):
    open_ones = Comment.objects.filter(settled_at=None).order_by("at")
    rows = [
        Row(
            said.text,
            reverse(
                "handbooks:edit",
                args=[said.section.handbook_id, said.language_id, said.section.slug],
            ),
            str(said.by),
            said.at,
        )
        for said in open_ones.select_related("section", "by")[:ROWS]
    ]
    title = _("Comments on handbooks")
    address = reverse("handbooks:office")
    return Block("comments", "message", title, open_ones.count(), "", address, rows)


def expected(user):
    """Ordered copies that have not come."""
    waiting = PrintRun.objects.expected().with_edition().order_by("ordered_at")
    rows = [_run(run, run.ordered_at) for run in waiting[:ROWS]]
    title = _("Copies on order")
    address = reverse("handbooks:print-runs")
    return Block("expected", "print", title, waiting.count(), "", address, rows)


def questions(user):
    """Asked at events: without an answer, or answered by a colleague and not approved."""
    waiting = Question.objects.to_do(user).order_by("asked_at")
    rows = [
        Row(
            question.words,
            reverse("handbooks:answer", args=[question.pk]),
            at=question.asked_at,
            state=question.state,
        )
        for question in waiting[:ROWS]
    ]
    title = _("Questions to answer or approve")
    address = reverse("handbooks:asked")
    return Block("questions", "message", title, waiting.count(), "", address, rows)


def reprints(user):
    """Batches of which copies lie somewhere and no longer say what holds."""
    lying = PrintRun.objects.with_edition().filter(stock__copies__gt=0).distinct()
    lying = list(lying.order_by("ordered_at"))
    held = standings(lying)
    needed = [run for run in lying if held[run.pk].is_needed]
    rows = [_run(run, state=held[run.pk].state) for run in needed[:ROWS]]
    title = _("Copies in stock that no longer hold")
    address = reverse("handbooks:stock")
    return Block("reprints", "warning", title, len(needed), "", address, rows)


def _run(run, at=None, state=""):
    return Row(
        run.edition.title,
        reverse("handbooks:print-run", args=[run.shown_number]),
        f"{run.shown_number} · {run.source.get_format_display()}",
        at,
        state=state,
    )


def events(user):
    """Held, and nobody has counted who came."""
    waiting = held_events(user).filter(held_on__lte=clock.today(), women=None)
    waiting = waiting.select_related("commune").order_by("held_on")
    rows = [
        Row(
            event.title,
            reverse("handbooks:event", args=[event.pk]),
            str(event.commune),
            event.held_on,
        )
        for event in waiting[:ROWS]
    ]
    title = _("Events to count")
    address = reverse("handbooks:events")
    return Block("events", "people", title, waiting.count(), "", address, rows)
