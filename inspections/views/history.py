"""What happened to a finding, told in order to the landlord and to the office."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from inspections.models import Repair


class Entry(NamedTuple):
    at: object
    icon: str
    title: str
    note: str = ""
    photo: str = ""  # address of the small picture
    by: str = ""  # shown to staff only


def history_of(finding):
    """Oldest first. The finding's `repairs` and `verifications` come with their people."""
    entries = [Entry(finding.opened_at, "warning", _("Found at a visit"))]
    entries += [_claim(repair) for repair in finding.repairs.all()]
    entries += [_answer(answer) for answer in finding.verifications.all()]
    if finding.closed_at and finding.closed_how != finding.Closed.FIXED:
        entries.append(
            Entry(finding.closed_at, "info", finding.get_closed_how_display())
        )
    return sorted(entries, key=lambda entry: entry.at)


def _claim(repair):
    photo = picture_of(repair) if repair.large else ""
    return Entry(
        repair.at, "camera", _("Reported as repaired"), repair.note, photo, repair.by
    )


def _answer(answer):
    fixed = answer.result == answer.Result.FIXED
    if fixed and answer.visit_id:
        title = _("Seen at a visit: repaired")
    elif fixed:
        title = _("Seen on the photo: repaired")
    else:
        title = _("Looked at: not yet repaired")
    icon = "check" if fixed else "arrow-left"
    return Entry(answer.at, icon, title, answer.note, by=answer.by)


def picture_of(thing, size="small"):
    """The address of a picture of a visit or of a repair."""
    name = "repair_photo" if isinstance(thing, Repair) else "evidence"
    return reverse(name, args=[thing.pk, size])
