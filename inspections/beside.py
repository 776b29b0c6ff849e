"""What stands beside the answers of a visit: how it came in, and who signed it."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.templatetags.shown import moment as shown_moment
from inspections.models import Submission


class Flag(NamedTuple):
    """What a person should know about how a visit came in, and what she does about it."""

    code: str
    words: str
    advice: str


FLAGS = {
    "visit_withdrawn": (
        gettext_lazy("The visit had been withdrawn before it came in."),
        gettext_lazy("Ask the coordinator why before you decide; the work was done."),
    ),
    "house_withdrawn": (
        gettext_lazy("The house had been withdrawn before the visit came in."),
        gettext_lazy("There is nothing to decide until it is let again."),
    ),
    "room_withdrawn": (
        gettext_lazy("A room had been withdrawn before the visit came in."),
        gettext_lazy("Leave that room out; the others can be decided."),
    ),
    "no_role": (
        gettext_lazy("The inspector's role in this commune had ended."),
        gettext_lazy(
            "Ask the coordinator whether she still had it on the day of the visit. "
            "If not, have the house visited again."
        ),
    ),
    "unplanned": (
        gettext_lazy("Nobody had planned this visit."),
        gettext_lazy("Look whether the house and its number are the right ones."),
    ),
    "clock_skew": (
        gettext_lazy("The tablet's clock was wrong."),
        gettext_lazy(
            "Nothing to correct: dates count from the registry's time. Have the clock "
            "of the tablet set."
        ),
    ),
    "clock_set": (
        gettext_lazy("The tablet's clock was set between the visit and its sending."),
        gettext_lazy(
            "The visit's time counts by how far the clock was off when the tablet last "
            "knew; ask when the visit was if it looks wrong."
        ),
    ),
    "clock_unknown": (
        gettext_lazy("The tablet did not tell what its clock says."),
        gettext_lazy("The times below are the tablet's own; ask if one looks wrong."),
    ),
    "clock_changed": (
        gettext_lazy("By the tablet's clock the visit ended before it began."),
        gettext_lazy("Somebody set the clock meanwhile; ask when the visit was."),
    ),
    "photos_missing": (
        gettext_lazy("An answer names a photo that never came."),
        gettext_lazy("Send the visit back for the photo; without it nobody says yes."),
    ),
    "no_room_for_photos": (
        gettext_lazy("The tablet had no room left for photos."),
        gettext_lazy(
            "Answers are whole, photos are missing. Send the visit back for those "
            "that you need, and have the tablet emptied."
        ),
    ),
    "other_version": (
        gettext_lazy("Another version of the checklist was used than planned."),
        gettext_lazy(
            "Nothing to do: the answers are read by the version that was used."
        ),
    ),
}
SKEW_SHOWN = dt.timedelta(minutes=1)


def flags_of(submission: Submission) -> list[Flag]:
    return [_flag(flag, submission) for flag in submission.flags]


def _flag(code: str, submission: Submission) -> Flag:
    words, advice = FLAGS.get(code, (code, ""))
    if code != "clock_skew" or not skew_of(submission):
        return Flag(code, str(words), str(advice))
    sides = _(
        "The tablet says %(told)s, the registry %(measured)s: its clock was %(skew)s."
    )
    measured = {
        "told": shown_moment(submission.finished_at),
        "measured": shown_moment(submission.visited_at),
        "skew": skew_of(submission),
    }
    return Flag(code, sides % measured, str(advice))


def skew_of(submission: Submission) -> str:
    """How far the tablet's clock was from the server's; nothing if it hardly was."""
    skew = dt.timedelta(milliseconds=submission.clock_skew_ms)
    if abs(skew) < SKEW_SHOWN:
        return ""
    amount = _duration(abs(skew))
    if skew > dt.timedelta():
        return _("%(amount)s ahead") % {"amount": amount}
    return _("%(amount)s behind") % {"amount": amount}


def ago(moment: dt.datetime) -> str:
    length = clock.now() - moment
    if length < dt.timedelta(minutes=1):
        return _("just now")
    return _("%(amount)s ago") % {"amount": _duration(length)}


def _duration(length: dt.timedelta) -> str:
    # Rounded: what is three days wrong is measured a moment less than that.
    minutes = round(length / dt.timedelta(minutes=1))
    if minutes < 120:
        text = ngettext("%(count)d minute", "%(count)d minutes", minutes)
        return text % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


class Signature(NamedTuple):
    label: str
    box: str  # viewBox of the drawing
    path: str


def signatures_of(submission: Submission) -> list[Signature]:
    labels = {"inspector": _("Inspector"), "landlord": _("Landlord")}
    return [
        Signature(labels[signed["role"]], _box(strokes), _path(strokes))
        for signed in submission.document["signatures"]
        if (strokes := [stroke for stroke in signed["strokes"] if stroke])
    ]


def _box(strokes: list[list[list[float]]]) -> str:
    across = [x for stroke in strokes for x, _y in stroke]
    down = [y for stroke in strokes for _x, y in stroke]
    left, top, edge = min(across), min(down), 10
    width, height = max(across) - left, max(down) - top
    return f"{left - edge} {top - edge} {width + 2 * edge} {height + 2 * edge}"


def _path(strokes: list[list[list[float]]]) -> str:
    return "".join("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes)
