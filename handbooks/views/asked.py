"""Questions and answers of the web handbook: what others have asked, without names."""

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core.text import fold, nfc
from handbooks import rules
from handbooks.markup import plain_words
from handbooks.models import Question
from handbooks.ready import ready_page
from reference.models.base import LONGEST

PAGE = 30


@ready_page()
def questions(request):
    """The newest first, or those with all of the words that are asked for; one query."""
    asked = nfc(request.GET.get("q", "").replace("\0", ""))[:LONGEST].strip()
    words = fold(asked).split()
    typed = request.GET.get("page", "")[:4]
    page = max(1, int(typed)) if typed.isdecimal() else 1
    rows = Question.objects.published(get_language()).having(words).with_section()
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "asked": asked,
        "is_asked": bool(words),
        "entries": [entry(question, words) for question in found[:PAGE]],
        "page": page,
        "has_more": len(found) > PAGE,
    }
    return render(request, "handbooks/questions.html", context)


def entry(question, words):
    """What a list shows of a question that `with_section` found."""
    plain = plain_words(question.html)
    return {
        "pk": question.pk,
        "words": rules.marked(question.words, words),
        "excerpt": rules.marked(rules.excerpt(plain, words or [""]), words),
        "section": question.section_title,
    }


@ready_page()
def question(request, pk):
    """One answer, with the section that it belongs to; one query."""
    rows = Question.objects.published(get_language()).with_section()
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {
        "question": found,
        "text": mark_safe(found.html),  # noqa: S308 made by our markup
    }
    return render(request, "handbooks/question.html", context)
