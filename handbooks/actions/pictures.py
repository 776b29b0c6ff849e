"""Pictures of our own, each with words for who cannot see it."""

from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, icons, images
from core.models import record
from core.text import nfc
from handbooks import drawings
from handbooks.models import Picture


def add_picture(
    *, name: str, file: BinaryIO | bytes, description: dict[str, str], by: User
) -> Picture:
    """Keep a picture, made anew from its pixels. ValidationError if it is none."""
    if name in drawings.names() or name in icons.names():
        words = _("Choose another name: a drawing of ours has this one.")
        raise ValidationError({"name": words})
    try:
        encoded = images.re_encode(file)  # takes a moment: before the transaction
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    picture = Picture(
        name=name,
        description=_tidy(description),
        sha256=encoded.sha256,
        width=encoded.width,
        height=encoded.height,
        added_at=clock.now(),
        added_by=by,
    )
    picture.full_clean(exclude=list(images.SIZES))
    return _kept(picture, encoded, by)


@transaction.atomic
def _kept(picture: Picture, encoded: images.Encoded, by: User) -> Picture:
    for size in images.SIZES:
        name = f"{picture.name}-{encoded.sha256[:12]}-{size}.{images.EXTENSIONS[size]}"
        content = ContentFile(getattr(encoded, size))
        getattr(picture, size).save(name, content, save=False)
    picture.save()
    record("picture.added", picture, by=by, sha256=picture.sha256)
    return picture


@transaction.atomic
def describe_picture(
    *, picture: Picture, description: dict[str, str], by: User
) -> Picture:
    """Say anew what it shows. Texts that show it already keep their own words."""
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    picture.description = _tidy(description)
    picture.full_clean()
    picture.save()
    record("picture.described", picture, by=by)
    return picture


def _tidy(description: dict[str, str]) -> dict[str, str]:
    return {
        code: nfc(words.strip()) for code, words in description.items() if words.strip()
    }
