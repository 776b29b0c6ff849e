from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, images
from core.errors import Refused
from core.models import record
from registry.actions.base import locked, locked_room
from registry.models import House, Photo, Room
from registry.rules import tidy

MAX_PHOTOS = 12


def add_photo(
    *,
    house: House,
    file: BinaryIO | bytes,
    by: User,
    room: Room | None = None,
    caption: str = "",
) -> Photo:
    """Keep a picture, made anew, after the others of its room or house.

    The same picture again is the one that is there. ValidationError for a file that is
    no photo (core.images).
    """
    encoded = images.re_encode(file)  # takes a moment: before the house is locked
    return _keep(house, room, encoded, tidy(caption), by)


@transaction.atomic
def _keep(
    house: House, room: Room | None, encoded: images.Encoded, caption: str, by: User
) -> Photo:
    house = locked(house) if room is None else locked_room(room).house
    album = Photo.objects.filter(house=house, room=room)
    if there := album.filter(sha256=encoded.sha256).first():
        return there
    if album.count() >= MAX_PHOTOS:
        raise Refused(
            "too_many_photos",
            _("Remove a photo first: there are %(most)d already.")
            % {"most": MAX_PHOTOS},
        )
    last = album.aggregate(last=Max("position"))["last"]
    photo = Photo(
        house=house,
        room=room,
        caption=caption,
        sha256=encoded.sha256,
        width=encoded.width,
        height=encoded.height,
        position=0 if last is None else last + 1,
        added_at=clock.now(),
        added_by=by,
    )
    photo.full_clean(exclude=list(images.SIZES))
    _write(photo, encoded)
    photo.save()
    record("photo.added", photo, under=house, by=by, sha256=photo.sha256)
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, by: User) -> None:
    """Forget a picture. Its files go once that is certain."""
    house = locked(photo.house)
    files = photo.files
    record("photo.removed", photo, under=house, by=by, sha256=photo.sha256)
    photo.delete()
    transaction.on_commit(lambda: _delete(files))


@transaction.atomic
def move_photo(*, photo: Photo, to: int, by: User) -> None:
    """Give a picture the place `to` (from 0) in its album; the first is shown first."""
    house = locked(photo.house)
    album = list(Photo.objects.filter(house=house, room=photo.room_id))
    before = album.index(photo)
    album.insert(max(0, min(to, len(album) - 1)), album.pop(before))
    for position, other in enumerate(album):
        other.position = position
    Photo.objects.bulk_update(album, ["position"])
    record("photo.moved", photo, under=house, by=by, before=before, after=to)


def _write(photo: Photo, encoded: images.Encoded) -> None:
    for name, extension in images.EXTENSIONS.items():
        path = f"{photo.house.number}/{photo.sha256[:16]}-{name}.{extension}"
        content = ContentFile(getattr(encoded, name))
        getattr(photo, name).save(path, content, save=False)


def _delete(files: list) -> None:
    for file in files:
        file.storage.delete(file.name)
