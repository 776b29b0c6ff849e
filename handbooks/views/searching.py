"""Search in what is published, whatever accents the reader types."""

from django.shortcuts import render
from django.utils.translation import get_language

from core.public import public_page
from core.text import fold, nfc
from handbooks import rules
from handbooks.models import EditionSection
from reference.models.base import LONGEST

MOST = 30


@public_page(seconds=60)
def search(request):
    """One query, none if nothing is asked; sections that say it in their title first."""
    asked = nfc(request.GET.get("q", "").replace("\0", ""))[:LONGEST].strip()
    words = fold(asked).split()
    found = []
    if words:
        rows = EditionSection.objects.having(words, get_language())[: MOST * 2]
        found = sorted(
            rows,
            key=lambda row: rules.rank(row.title, row.summary, row.search_text, words),
        )
    results = [
        {
            "section": row,
            "title": rules.marked(row.title, words),
            "excerpt": rules.marked(rules.excerpt(row.plain, words), words),
        }
        for row in found[:MOST]
    ]
    context = {"asked": asked, "is_asked": bool(words), "results": results}
    return render(request, "handbooks/search.html", context)
