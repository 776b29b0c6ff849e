"""Long lists page by page; whatever else was asked of a list stays in its addresses."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

ROWS = 50


def pages(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """A page of the rows, and the addresses of the pages beside it (empty: there is none)."""
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous_url": address(page.number - 1) if page.has_previous() else "",
        "next_url": address(page.number + 1) if page.has_next() else "",
    }
