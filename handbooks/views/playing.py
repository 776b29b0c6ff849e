"""A quiz on the phone: a page, a form, an answer. Who plays is nobody to us.

Nothing is asked about who plays, no cookie is set and no address is kept; what was handed
in goes up in counts and into the address of the page that shows the right answers.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from core import budget, codes
from core.errors import Refused
from core.public import public_page
from handbooks import actions, addresses
from handbooks.models import Quiz
from handbooks.quizzes import grid
from handbooks.quizzes.marking import BETWEEN, NOTHING, Clue, marks
from handbooks.ready import ready_page

MOST_AN_HOUR = 1500  # sheets of one quiz; more is no event but a machine
LONGEST = 200  # letters of a field that are looked at, and handed back


@ready_page()
def quiz(request, code):
    """The questions; two queries."""
    if codes.clean(code) != code:
        return redirect("handbooks:quiz", code=codes.clean(code) or "0")
    found = _found(code)
    clues = [Clue(item) for item in found.items.with_sections()]
    return _form(request, found, clues)


def _form(request, found, clues, handed_back=False):
    """The questions; with what was typed if it has to be put right."""
    crossing = [clue for clue in clues if clue.item.place]
    too_long = [clue for clue in clues if clue.is_too_long]
    context = {
        **_frame(found, [clue.item for clue in clues]),
        "nothing": handed_back and not too_long,
        "too_long": too_long,
        "across": [clue for clue in crossing if clue.item.entry.across],
        "down": [clue for clue in crossing if not clue.item.entry.across],
    }
    return render(request, "handbooks/quiz.html", context)


@csrf_exempt  # it changes nothing of anybody's, and public pages set no cookie
def answers(request, code):
    """Hand in, and read what is right; reading it again counts nothing again."""
    if request.method == "POST":
        return _hand_in(request, code)
    return _shown(request, code)


def _hand_in(request, code):
    found = _found(code)
    items = list(found.items.all())
    clues = [Clue(item, _typed(request, item)) for item in items]
    signs = [clue.sign for clue in clues]
    if set(signs) == {NOTHING} or any(clue.is_too_long for clue in clues):
        return _form(request, found, clues, handed_back=True)
    sheet = BETWEEN.join(signs)
    if budget.spend("quiz", code, limit=MOST_AN_HOUR, seconds=3600):
        known = {mark.item.order for mark in marks(items, sheet) if mark.is_right}
        missed = {item.order for item in items} - known
        try:
            actions.count_answers(quiz=found, known=known, missed=missed)
        except Refused:
            return redirect("handbooks:quiz", code=code)
    address = reverse("handbooks:quiz-answers", args=[code])
    query = urlencode({"a": sheet})
    return HttpResponseRedirect(f"{address}?{query}", status=303)


def _typed(request, item):
    return request.POST.get(f"q{item.order}", "").replace("\0", "")[:LONGEST]


@public_page(seconds=60)
def _shown(request, code):
    """Each answer with the right one, why, and where to read it; two queries."""
    found = _found(code)
    items = list(found.items.with_sections())
    handed_in = marks(items, request.GET.get("a", ""))
    if handed_in is None:
        return redirect("handbooks:quiz", code=code)
    context = {
        **_frame(found, items, filled=True),
        "marks": [(mark, _read_at(found, mark.item)) for mark in handed_in],
        "known": sum(mark.is_right for mark in handed_in),
    }
    response = render(request, "handbooks/quiz_answers.html", context)
    # Her own browser may keep what she answered; a cache that others share may not.
    patch_cache_control(response, private=True, max_age=60)
    return response


def _found(code):
    found = Quiz.objects.to_play().filter(code=code).first()
    if found is None or not codes.is_valid(code):
        raise Http404
    return found


def _read_at(quiz, item):
    volume = quiz.edition.volume
    return addresses.section(volume.handbook_id, item.section.slug, volume.language_id)


def _frame(found, items, filled=False):
    context = {
        "quiz": found,
        "language": found.language,
        "book": addresses.book(found.edition.volume.handbook_id, found.language),
        "items": items,
        "count": len(items),
    }
    if found.is_crossword:
        label = _("The grid of the crossword: each word is described below.")
        entries = [item.entry for item in items]
        drawn = grid.drawing(entries, label=label, filled=filled)
        context["grid"] = mark_safe(drawn)  # noqa: S308 made by us, letters escaped
    return context
