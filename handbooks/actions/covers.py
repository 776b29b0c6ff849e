"""A commune's own cover: around the common text, never in it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import nfc
from handbooks.models import Cover, Picture
from reference.models import AdministrativeUnit


@transaction.atomic
def keep_cover(
    *,
    commune: AdministrativeUnit,
    logo: Picture | None,
    contacts: dict[str, str],
    by: User,
) -> Cover:
    """From today on this is the commune's cover; the one before ends yesterday.

    Editions that were printed under the one before keep it. One that was begun today and
    that no edition has yet is changed in place.
    """
    AdministrativeUnit.objects.select_for_update().get(pk=commune.pk)
    today = clock.today()
    now = Cover.objects.filter(commune=commune).in_force_on(today).first()
    words = {code: nfc(text.strip()) for code, text in contacts.items() if text.strip()}
    if now and now.in_force.lower == today:
        if now.editions.exists():
            raise Refused(
                "in_use",
                _("Come back tomorrow: an edition has today's cover already."),
            )
        cover = now
    else:
        if now:
            _end(now, today)
        cover = Cover(commune=commune, in_force=(today, None))
    cover.logo, cover.contacts = logo, words
    cover.full_clean()
    cover.save()
    record("cover.kept", cover, by=by, under=commune)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, by: User) -> Cover:
    """From today on the commune has no cover of its own."""
    cover = Cover.objects.select_for_update().get(pk=cover.pk)
    today = clock.today()
    if today not in cover.in_force:
        raise Refused("ended", _("This cover is not in force any more."))
    # One that began today holds for today: an empty period would be no period.
    _end(cover, max(today, cover.in_force.lower + dt.timedelta(days=1)))
    record("cover.ended", cover, by=by, under=cover.commune)
    return cover


def _end(cover: Cover, day: dt.date) -> None:
    cover.in_force = (cover.in_force.lower, day)
    cover.full_clean()
    cover.save()
