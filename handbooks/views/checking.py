"""Is my printed copy current? What the square on the back cover asks."""

import re

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import codes
from core.public import public_page
from handbooks import addresses
from handbooks.models import Edition, PrintRun
from handbooks.models.runs import NUMBER

_CODE = re.compile("[A-Z0-9-]{1,60}")
_FOREIGN = re.compile("[^A-Z0-9-]")


@public_page(seconds=60)
def ask(request):
    """Where a number is typed by who cannot scan the square; no query."""
    typed = _FOREIGN.sub("", request.GET.get("number", "").upper())[:60]
    if typed:
        return redirect("handbooks:check", code=typed)
    return render(request, "handbooks/ask.html")


@public_page(seconds=60)
def check(request, code):
    """What became of an edition, and what has changed since; three queries.

    The number may also be that of a batch, as the imprint of a printed copy has it.
    """
    tidy = code.strip().upper()
    if tidy != code:
        return redirect("handbooks:check", code=tidy or "0")
    mine, run = _copy(code)
    if mine is None:
        context = {"verdict": _unknown(code), "code": code}
        return render(request, "handbooks/check.html", context, status=404)
    current = Edition.objects.current().filter(volume=mine.volume_id).first()
    changes = mine.changes_to(current) if current and current != mine else []
    context = {
        "verdict": _verdict(mine, current, changes),
        "code": code,
        "edition": mine,
        "run": run,
        "current": current,
        "changes": [(*change, _address(mine, change[1])) for change in changes],
        "newest": current and addresses.book(*_volume(mine)),
    }
    return render(request, "handbooks/check.html", context)


def _volume(edition):
    return edition.volume.handbook_id, edition.volume.language_id


def _address(edition, slug):
    """Of the section in the copy's own language, whatever that of this page is."""
    book, language = _volume(edition)
    return addresses.section(book, slug, language)


def _copy(code):
    """The edition of the copy in somebody's hand, and its print run if she gave that."""
    if not _CODE.fullmatch(code):
        return None, None
    if edition := Edition.objects.with_code(code).first():
        return edition, None
    number = codes.clean(code)
    if len(number) != NUMBER or not codes.is_valid(number):
        return None, None
    run = PrintRun.objects.with_edition().filter(number=number, cancelled_at=None)
    run = run.first()
    return run and run.edition, run


def _unknown(code):
    text = _("Compare the number with the one printed on the back cover.")
    number = codes.clean(code)
    if len(number) == NUMBER and not codes.is_valid(number):
        text = _(
            "One character is not as it is printed in the book. Type it once more."
        )
    return {
        "state": "unknown",
        "title": _("There is no such edition"),
        "text": text,
    }


def _verdict(mine, current, changes):
    if mine.state == Edition.State.WITHDRAWN:
        return {
            "state": "revoked",
            "title": _("Do not use this copy any more"),
            "text": mine.withdrawn_because,
        }
    if current is None or current.number <= mine.number:
        return {
            "state": "valid",
            "title": _("Your copy is current"),
            "text": _("Nothing newer has been published."),
        }
    if not changes:
        return {
            "state": "valid",
            "title": _("Your copy is still right"),
            "text": _("There is a newer edition, and it says the same."),
        }
    return {
        "state": "superseded",
        "title": _("There is a newer edition"),
        "text": _("Read these parts anew; the rest of your copy still holds."),
    }
