from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from certificates.permissions import bar_to_deciding
from core.errors import Refused
from inspections.actions import settle_differences
from inspections.models import Submission, Visit


@transaction.atomic
def settle(
    *,
    submission: Submission,
    other: Submission,
    choices: Mapping[str, str],
    because: str,
    by: User,
) -> Submission:
    """Make one record of two, by somebody who may also decide about what comes of it."""
    Visit.objects.select_for_update(no_key=True).get(pk=submission.visit_id)
    if bar := bar_to_deciding(by, submission):
        raise Refused(bar.value, str(bar.label))
    return settle_differences(
        submission=submission, other=other, choices=choices, because=because, by=by
    )
