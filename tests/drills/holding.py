"""What the registry holds, compared with what the tablet computed: byte for byte."""

import hashlib
from pathlib import Path

from django.db import connection

from core import codes
from inspections import pack as packs
from inspections.models import Submission


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def same_session_again() -> None:
    """Django's connection here may be of a time before a crash."""
    connection.close()


def sha256_of_file(submission: Submission, media: Path) -> str:
    return sha256((media / submission.file).read_bytes())


def photos_in_file(submission: Submission) -> list[str]:
    """SHA-256 of the photos' bytes, where the document says that they lie."""
    head = packs.photo_bytes(submission.file, 0, 4)
    at, found = 4 + int.from_bytes(head, "big"), []
    for photo in submission.document["photos"]:
        content = packs.photo_bytes(submission.file, at, photo["size"])
        assert sha256(content) == photo["sha256"]
        found.append(photo["sha256"])
        at += photo["size"]
    return sorted(found)


def check(packed: dict, media: Path, receipts: dict[str, str] | None = None) -> None:
    """Each visit is there once, whole, and under the receipt that the tablet shows.

    `packed`: {visit: (SHA-256 of the pack, those of its photos)}.
    """
    same_session_again()
    for visit, (pack, photos) in packed.items():
        (submission,) = Submission.objects.filter(visit=visit)
        assert submission.accepted
        assert submission.sha256 == pack
        assert sorted(submission.photos.values_list("sha256", flat=True)) == photos
        if submission.file:
            assert photos_in_file(submission) == photos
            assert sha256_of_file(submission, media) == pack
        if receipts is not None:
            assert codes.shown(submission.receipt) == receipts[visit]
