"""A prepared edition that is not published as it is goes back, with what is to be mended."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import nfc
from handbooks.models import Edition, ReturnedEdition
from handbooks.permissions import can_publish


@transaction.atomic
def return_edition(*, edition: Edition, by: User, because: str) -> ReturnedEdition:
    """Its number is free again; the note stays for who prepares the next one."""
    edition = Edition.objects.select_for_update(of=["self"]).get(pk=edition.pk)
    if edition.state != Edition.State.PREPARED:
        raise Refused("not_prepared", _("Prepare an edition first."))
    if not can_publish(by, edition):
        raise Refused("same_person", _("Take it back: you have prepared it yourself."))
    returned = ReturnedEdition(
        volume=edition.volume,
        code=edition.code,
        prepared_at=edition.prepared_at,
        prepared_by=edition.prepared_by,
        returned_at=clock.now(),
        returned_by=by,
        because=nfc(because.strip()),
    )
    returned.full_clean()
    returned.save()
    record("edition.returned", edition, by=by, under=edition.volume, code=edition.code)
    edition.delete()
    return returned
