"""What the review page shows: each answer beside its photos, and what is other than before."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inspections import sheet
from inspections.models import RoomResult, Submission

Json = dict[str, Any]


def places_of(submission: Submission, results: list[RoomResult]) -> list[sheet.Place]:
    return sheet.places_of(submission, before=visit_before(submission), results=results)


def visit_before(submission: Submission) -> Json | None:
    """What was said last time: by the revision sent back, the visit followed, or the
    last visit of the house. None if the house was never seen, or asked otherwise.
    """
    earlier = _earlier(submission).select_related("visit__version").first()
    same = earlier and earlier.visit.version_id == submission.visit.version_id
    return earlier.as_visit if same else None


def _earlier(submission: Submission) -> QuerySet[Submission]:
    accepted = Submission.objects.accepted()
    if submission.revision > 1:
        return accepted.filter(
            visit=submission.visit_id, revision=submission.revision - 1
        )
    if submission.visit.follow_up_of_id:
        return accepted.filter(visit=submission.visit.follow_up_of_id).order_by(
            "-revision"
        )
    return (
        accepted.filter(
            visit__house=submission.visit.house_id,
            visited_at__lt=submission.visited_at,
        )
        .exclude(visit=submission.visit_id)
        .order_by("-visited_at")
    )


def blocking_words(result: RoomResult, items: dict[str, Json]) -> list[str]:
    """Why the rules say no, each reason in the language of the page."""
    return [_blocking(entry, items) for entry in result.blocking]


def _blocking(entry: Json, items: dict[str, Json]) -> str:
    why = {
        "fact": _("Not known: %(what)s"),
        "missing": _("Not answered: %(what)s"),
        "fail": _("Not yet met: %(what)s"),
        "unseen": _("Could not be seen: %(what)s"),
        "open": _("Still open from before: %(what)s"),
        "score": _("Too few points: %(what)s"),
    }
    scores = {
        "overall": _("overall"),
        "security": _("security"),
        "women": _("women's safety"),
    }
    known = items.get(entry["item"])
    what = known["label"][_language()] if known else entry["item"]
    if entry["why"] == "score":
        what = scores[entry["item"]]
    return why[entry["why"]] % {"what": what}


def _language() -> str:
    return (get_language() or "vi")[:2]
