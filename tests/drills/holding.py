"""What the registry holds, compared with what the tablet computed: byte for byte."""

import hashlib
from pathlib import Path

from django.db import connection

from core import codes
from inspections import pack as packs
from inspections.models import EvidencePhoto, Submission


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check(packed: dict, media: Path, receipts: dict[str, str] | None = None) -> None:
    """Each visit is there once, whole, and under the receipt that the tablet shows.

    `packed`: {visit: (SHA-256 of the pack, those of its photos)}.
    """
    connection.close()  # it may be of a time before a crash
    for visit, (pack, photos) in packed.items():
        (submission,) = Submission.objects.filter(visit=visit)
        assert submission.accepted
        assert submission.sha256 == pack
        assert _photos_on_disk(submission) == photos
        if submission.file:
            content = (media / submission.file).read_bytes()
            assert sha256(content) == pack
            assert len(content) == submission.size
        if receipts is not None:
            assert codes.shown(submission.receipt) == receipts[visit]


def _photos_on_disk(submission: Submission) -> list[str]:
    rows = EvidencePhoto.objects.filter(submission=submission)
    for row in rows:
        content = packs.photo_bytes(submission.file, row.offset, row.size)
        assert sha256(content) == row.sha256
    return sorted(row.sha256 for row in rows)
