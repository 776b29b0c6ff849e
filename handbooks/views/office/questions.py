"""Questions of events: written down, answered, approved by a second person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import Refused
from core.paging import pages
from handbooks import actions
from handbooks.alarms import AHEAD
from handbooks.forms import AnswerForm, QuestionForm
from handbooks.models import Event, Language
from handbooks.permissions import can_approve, can_edit, held_events, held_questions
from handbooks.views.stock.base import done, holders_only, tabs
from reference.models import LegalReference


@holders_only
def questions(request):
    """All of her events, or of one (`?event=`); and, posted, one more is kept."""
    event = _event(request)
    initial = {"event": event, "language": Language.objects.first()}
    form = QuestionForm(request.POST or None, user=request.user, initial=initial)
    posted = request.method == "POST"
    if posted and done(form, actions.keep_question, by=request.user):
        messages.success(request, _("The question is kept."))
        return redirect(request.get_full_path())
    rows = held_questions(request.user).listed()
    context = pages(request, rows.filter(event=event) if event else rows)
    context |= {
        "questions": _with_alarms(context["page"]),
        "event": event,
        "form": form,
        "tabs": tabs(request.user, "asked"),
    }
    return render(request, "handbooks/office/questions.html", context)


def _event(request) -> Event | None:
    asked = request.GET.get("event", "")[:9]
    found = held_events(request.user)
    return found.filter(pk=int(asked)).first() if asked.isdecimal() else None


def _with_alarms(found):
    """Each question, and whether law that its answer cites ends soon or has ended."""
    cited = {key for question in found for key in question.laws}
    holding = LegalReference.objects.sure().in_force_on(clock.today() + AHEAD)
    held = set(holding.filter(pk__in=cited).values_list("pk", flat=True))
    return [(question, bool(set(question.laws) - held)) for question in found]


@holders_only
def question(request, pk):
    """Read it, answer it; and see what others will read."""
    found = _found(request, pk)
    initial = {
        name: getattr(found, name)
        for name in ("words", "answer", "section", "is_proposed")
    }
    posted = request.method == "POST"
    form = AnswerForm(request.POST if posted else None, question=found, initial=initial)
    if posted and done(form, actions.answer_question, question=found, by=request.user):
        messages.success(request, _("The answer is kept."))
        return redirect("handbooks:answer", pk)
    context = {
        "question": found,
        "form": form,
        "shown": mark_safe(found.html),  # noqa: S308 made by our markup
        "may_approve": can_approve(request.user, found) and found.is_proposed,
        "may_take_out": can_edit(request.user) and found.approved_at,
    }
    return render(request, "handbooks/office/question.html", context)


@holders_only
@require_POST
def approval(request, pk):
    return _act(request, pk, actions.approve_answer, _("It stands in the handbook."))


@holders_only
@require_POST
def taking_out(request, pk):
    said = _("It is taken out of the handbook.")
    return _act(request, pk, actions.take_out_answer, said)


def _act(request, pk, act, said):
    found = _found(request, pk)
    if not can_edit(request.user):
        raise Http404
    try:
        act(question=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    return redirect("handbooks:answer", pk)


@holders_only
def dropping(request, pk):
    """Asked once; then it is gone."""
    found = _found(request, pk)
    if request.method != "POST":
        context = {
            "title": _("Delete the question?"),
            "text": found.words,
            "action_text": _("Delete the question"),
            "back_url": reverse("handbooks:answer", args=[pk]),
        }
        return render(request, "handbooks/office/confirm.html", context)
    try:
        actions.drop_question(question=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("handbooks:answer", pk)
    messages.success(request, _("The question is deleted."))
    return redirect("handbooks:asked")


def _found(request, pk):
    rows = held_questions(request.user).select_related(
        "event", "section", "language", "kept_by", "answered_by", "approved_by"
    )
    return get_object_or_404(rows, pk=pk)
