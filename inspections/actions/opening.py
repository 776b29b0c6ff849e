"""A sealed pack is opened while it is read, and taken in as if it had come plain."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from inspections import pack as packs
from inspections.actions.receiving import Received, receive_pack
from inspections.models import Upload


def receive_sealed(
    *,
    upload: Upload,
    read: Callable[[int], bytes],
    device_time: dt.datetime | None,
    by: User,
) -> Received:
    """Never holds all of it. `upload` may be known to the database or not; afterwards it
    has its submission if that could be written together with the visit.

    Refused: `damaged` if the bytes are not those of the upload, `cannot_open`, and what
    receive_pack refuses.
    """
    sealed = packs.Intact(read, upload.size, upload.sha256)
    try:
        stream = packs.Sealed(sealed, upload.size)
        return receive_pack(
            visit_id=upload.visit,
            pack=packs.open_pack(stream, stream.size),
            device_time=device_time,
            by=by,
            upload=upload,
        )
    except (packs.CannotOpen, packs.Broken, EOFError) as error:
        raise (cannot_open() if sealed.is_right() else _damaged()) from error


def cannot_open() -> Refused:
    message = _("Seal it again: the registry does not have the key to open this visit.")
    return Refused("cannot_open", message, status=422)


def _damaged() -> Refused:
    message = _("Send again: the visit was damaged on its way.")
    return Refused("damaged", message, status=422)
