"""What is done with packs later: pictures to be shown, files that nobody refers to."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from core import clock, images
from inspections import pack as packs
from inspections.models import EvidencePhoto, Submission

UNCLAIMED = dt.timedelta(hours=24)


def develop_photos(*, submission_id: int) -> None:
    """Decode each photo of a pack and keep it re-encoded; what is done is done once.

    A picture that cannot be decoded says so to the reviewer; it stops nothing.
    """
    pack = Submission.objects.only("file").get(pk=submission_id).file
    for photo in EvidencePhoto.objects.filter(
        submission=submission_id, processed_at=None
    ):
        _develop(photo, pack)


@transaction.atomic
def _develop(photo: EvidencePhoto, pack: str) -> None:
    content = packs.photo_bytes(pack, photo.offset, photo.size)
    try:
        encoded = images.re_encode(content)
    except ValidationError as error:
        photo.problem = error.code or "photo"
    else:
        photo.small.save(f"{photo.pk}-s.webp", ContentFile(encoded.small), save=False)
        photo.large.save(f"{photo.pk}-l.jpg", ContentFile(encoded.large), save=False)
        photo.width, photo.height = encoded.width, encoded.height
    photo.processed_at = clock.now()
    photo.save()


def sweep_packs(*, older_than: dt.timedelta = UNCLAIMED) -> list[str]:
    """Delete files that no submission refers to: what a crash or a cut line left."""
    names = list(packs.left_behind(older_than))
    known = set(
        Submission.objects.filter(file__in=names).values_list("file", flat=True)
    )
    unclaimed = [name for name in names if name not in known]
    for name in unclaimed:
        packs.discard(name)
    return unclaimed
