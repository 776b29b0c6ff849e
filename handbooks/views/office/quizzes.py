"""Quizzes in the office: made from an edition, printed, played, counted."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import pdf
from core.errors import Refused
from core.paging import pages
from handbooks import actions, addresses
from handbooks.forms import QuizForm, SheetsForm
from handbooks.models import QuizItem
from handbooks.permissions import held_events, held_quizzes
from handbooks.printing.quizzes import sheet
from handbooks.results import known_least
from handbooks.views.stock.base import done, holders_only, tabs

MOST_EVENTS = 50  # to choose from


@holders_only
def quizzes(request):
    context = pages(request, held_quizzes(request.user).listed())
    context |= {"tabs": tabs(request.user, "quizzes")}
    return render(request, "handbooks/office/quizzes.html", context)


@holders_only
def new_quiz(request):
    form = QuizForm(
        request.POST or None,
        user=request.user,
        initial={"event": request.GET.get("event", "")[:9]},
    )
    posted = request.method == "POST"
    if posted and (quiz := done(form, actions.make_quiz, by=request.user)):
        return redirect("handbooks:office-quiz", quiz.code)
    return render(request, "handbooks/office/new_quiz.html", {"form": form})


@holders_only
def quiz(request, code):
    found = _found(request, code)
    items = list(found.items.with_sections())
    return _page(request, found, items, SheetsForm(items=items))


def _page(request, quiz, items, form):
    address = settings.SITE_URL + addresses.quiz(quiz.code, quiz.language)
    context = {
        "quiz": quiz,
        "items": items,
        "language": quiz.language,
        "address": address,
        "square": mark_safe(pdf.qr(address).decode()),  # noqa: S308 our own address
        "results": known_least(quiz.items) if quiz.played else [],
        "form": form,
    }
    return render(request, "handbooks/office/quiz.html", context)


@holders_only
def printed(request, code, what):
    """The sheet or its key, made when it is asked for: the same bytes each time."""
    found = _found(request, code)
    items = list(found.items.with_sections())
    content = sheet(found, items, with_answers=what == "key")
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{found.shown_code}-{what}.pdf".lower()
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@holders_only
@require_POST
def sheets(request, code):
    """What came back on paper, counted by hand."""
    found = _found(request, code)
    items = list(found.items.with_sections())
    form = SheetsForm(request.POST, items=items)
    if not form.is_valid():
        return _page(request, found, items, form)
    try:
        actions.count_sheets(
            quiz=found,
            sheets=form.cleaned_data["sheets"],
            known=form.known(),
            by=request.user,
        )
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The sheets are counted."))
    return redirect("handbooks:office-quiz", code)


@holders_only
def closing(request, code):
    """Asked once; then its page says that it is over."""
    found = _found(request, code)
    if request.method != "POST":
        context = {
            "title": _("End the quiz %s?") % found.shown_code,
            "text": _(
                "Its page will say that it is over, and nothing more is counted."
            ),
            "action_text": _("End the quiz"),
            "back_url": reverse("handbooks:office-quiz", args=[code]),
        }
        return render(request, "handbooks/office/confirm.html", context)
    try:
        actions.close_quiz(quiz=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The quiz is over. Its counts stay."))
    return redirect("handbooks:office-quiz", code)


@holders_only
def results(request):
    """Over all that she may see, and for one event beside it."""
    items = QuizItem.objects.filter(quiz__in=held_quizzes(request.user))
    events = held_events(request.user).filter(quizzes__played__gt=0).distinct()
    chosen = request.GET.get("event", "")[:9]
    event = events.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    context = {
        "events": events.order_by("-held_on", "-pk")[:MOST_EVENTS],
        "event": event,
        "of_event": known_least(items.filter(quiz__event=event)) if event else [],
        "of_all": known_least(items),
        "tabs": tabs(request.user, "quizzes"),
    }
    return render(request, "handbooks/office/known_least.html", context)


def _found(request, code):
    rows = held_quizzes(request.user).with_edition()
    return get_object_or_404(rows.select_related("made_by"), code=code)
