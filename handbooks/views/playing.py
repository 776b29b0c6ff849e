"""A quiz on the phone: a page, a form, an answer. Who plays is nobody to us.

Nothing is asked about who plays, no cookie is set and no address is kept; what was handed
in goes up in counts and into the address of the page that shows the right answers.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from core import budget, codes
from core.errors import Refused
from core.public import public_page
from handbooks import actions, addresses
from handbooks.models import Quiz
from handbooks.quizzes import grid
from handbooks.quizzes.marking import NOTHING, marks, sign
from handbooks.ready import ready_page

MOST_AN_HOUR = 1500  # sheets of one quiz; more is no event but a machine


@ready_page()
def quiz(request, code):
    """The questions; two queries."""
    if codes.clean(code) != code:
        return redirect("handbooks:quiz", code=codes.clean(code) or "0")
    found = _found(code)
    items = list(found.items.with_sections())
    context = {
        **_frame(found, items),
        "nothing": "nothing" in request.GET,
        "across": [item for item in items if item.place and item.entry.across],
        "down": [item for item in items if item.place and not item.entry.across],
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
    signs = [sign(item, request.POST.get(f"q{item.order}", "")) for item in items]
    if set(signs) == {NOTHING}:
        return redirect(f"{reverse('handbooks:quiz', args=[code])}?nothing=1")
    if budget.spend("quiz", code, limit=MOST_AN_HOUR, seconds=3600):
        handed_in = marks(items, "".join(signs))
        known = {mark.item.order for mark in handed_in if mark.is_right}
        missed = {item.order for item in items} - known
        try:
            actions.count_answers(quiz=found, known=known, missed=missed)
        except Refused:
            return redirect("handbooks:quiz", code=code)
    query = urlencode({"a": "".join(signs)})
    address = reverse("handbooks:quiz-answers", args=[code])
    return HttpResponseRedirect(f"{address}?{query}", status=303)


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
    return render(request, "handbooks/quiz_answers.html", context)


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
