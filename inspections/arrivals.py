"""What is on its way to the registry in parts, in words."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.templatetags.shown import moment
from inspections.beside import ago
from inspections.models import Upload, Visit


class Arriving(NamedTuple):
    upload: Upload
    house: str  # "" while nobody can know it
    commune: str
    words: str
    address: str  # of the visit, where it is planned
    refused: str


REFUSED = {
    "tied": gettext_lazy("The inspector is tied to this house; a colleague has to go."),
    "not_found": gettext_lazy("No such house in the communes where she inspects."),
    "invalid_answers": gettext_lazy("The registry cannot read some answers."),
    "not_returned": gettext_lazy("Nobody has sent this visit back."),
    "cannot_open": gettext_lazy("Sealed for a key that the registry does not have."),
    "damaged": gettext_lazy("It was damaged on its way and is sent again."),
    "too_large": gettext_lazy("It is larger than the registry takes."),
    "storage_full": gettext_lazy("The registry's disk was full."),
}


def arrivals_of(uploads: list[Upload]) -> list[Arriving]:
    visits = (
        Visit.objects.filter(pk__in=[upload.visit for upload in uploads])
        .select_related("house__commune")
        .in_bulk()
    )
    return [_arriving(upload, visits.get(upload.visit)) for upload in uploads]


def _arriving(upload: Upload, visit: Visit | None) -> Arriving:
    house = upload.house or (visit and visit.house)
    return Arriving(
        upload=upload,
        house=str(house or ""),
        commune=str(house.commune) if house else "",
        words=progress_words(upload),
        address=str(visit.pk) if visit else "",
        refused=str(REFUSED.get(upload.refused, upload.refused)),
    )


def _since(begun: dt.datetime) -> str:
    local = timezone.localtime(begun)
    return f"{local:%H:%M}" if local.date() == clock.today() else moment(begun)


def progress_words(upload: Upload) -> str:
    """For instance "2 of 4 photos, 61 %, since 09:12, last part 3 minutes ago"."""
    told = {
        "here": upload.photos_here,
        "all": upload.photos_all,
        "percent": upload.percent,
        "since": _since(upload.begun_at),
        "ago": ago(upload.last_part_at),
    }
    if upload.photos_all:
        return (
            _(
                "%(here)s of %(all)s photos, %(percent)s %%, since %(since)s, "
                "last part %(ago)s"
            )
            % told
        )
    return _("%(percent)s %%, since %(since)s, last part %(ago)s") % told
