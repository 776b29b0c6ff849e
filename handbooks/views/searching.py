"""Search in what is published, whatever accents the reader types."""

from django.shortcuts import render
from django.utils.translation import get_language

from core.public import public_page
from core.text import fold, nfc
from handbooks import rules
from handbooks.models import EditionSection, Question
from handbooks.views.asked import entry
from reference.models.base import LONGEST

MOST = 25
MOST_ANSWERS = 5  # of questions; the rest stand in their own list


@public_page(seconds=60)
def search(request):
    """Two queries, none if nothing is asked; what says it in its title comes first."""
    asked = nfc(request.GET.get("q", "").replace("\0", ""))[:LONGEST].strip()
    words = fold(asked).split()
    answers = _answers(words) if words else []
    context = {
        "asked": asked,
        "is_asked": bool(words),
        "results": _sections(words) if words else [],
        "answers": [entry(question, words) for question in answers[:MOST_ANSWERS]],
        "has_more": len(answers) > MOST_ANSWERS,
    }
    return render(request, "handbooks/search.html", context)


def _sections(words):
    rows = EditionSection.objects.having(words, get_language())[: MOST * 2]
    found = sorted(
        rows, key=lambda row: rules.rank(row.title, row.summary, row.search_text, words)
    )
    return [
        {
            "section": row,
            "title": rules.marked(row.title, words),
            "excerpt": rules.marked(rules.excerpt(row.plain, words), words),
        }
        for row in found[:MOST]
    ]


def _answers(words):
    """Questions of the web handbook; of equal ones the newest first."""
    rows = Question.objects.published(get_language()).having(words).with_section()
    return sorted(
        rows[:MOST], key=lambda row: rules.rank(row.words, "", row.search_text, words)
    )
