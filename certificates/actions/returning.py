from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Decision
from certificates.permissions import bar_to_deciding
from core.errors import Refused
from inspections.actions import return_submission
from inspections.models import Return, Submission, Visit


@transaction.atomic
def send_back(*, submission: Submission, note: str, by: User) -> Return:
    """Return a visit to its inspector, unless a room of it is decided already."""
    Visit.objects.select_for_update(no_key=True).get(pk=submission.visit_id)
    if bar := bar_to_deciding(by, submission):
        raise Refused(bar.value, str(bar.label))
    if Decision.objects.filter(submission=submission).exists():
        raise Refused(
            "decided",
            _("Plan a new visit instead: a room of this one is decided already."),
        )
    return return_submission(submission=submission, note=note, by=by)
