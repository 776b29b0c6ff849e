"""A reviewer sends a visit back to its inspector."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.models import record
from inspections.models import Return, Submission, Visit


@transaction.atomic
def return_submission(*, submission: Submission, note: str, by: User) -> Return:
    """Ask for the next revision. Only the newest submission can be sent back, once.

    Whether rooms of it are decided already is asked by the room that decides.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=submission.visit_id)
    newest = visit.submissions.accepted().latest()
    if submission != newest or hasattr(newest, "returned"):
        raise Refused("not_newest", _("This visit has been sent back already."))

    returned = Return(submission=submission, note=note, by=by)
    returned.full_clean()
    returned.save()
    record(
        "visit.returned",
        visit,
        by=by,
        under=visit.house,
        revision=submission.revision,
        note=note,
    )
    return returned
