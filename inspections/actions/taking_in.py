"""The first pack of a planned visit to a house where nothing is open, in one statement.

Most packs are such. What the rules say follows from the pack alone, so it is worked out
before anything is locked; the database looks under its locks whether all is still so.
"""

import json
from typing import Any

from core import jobs, statements
from core.models import label
from inspections import pack as packs
from inspections import rules
from inspections.actions.arriving import Arrival, checklist_of
from inspections.actions.deriving import opened_of, results_of, told_of
from inspections.models import Submission, Upload
from inspections.models.submissions import rules_input

Json = dict[str, Any]
DEVELOP = "inspections.develop_photos"
TAKEN = """
WITH taken AS MATERIALIZED (
    SELECT inspections_take_in(%(visit)s, %(sent)s, %(told)s) AS id
)"""
# What the pack came as, with the visit itself or not at all.
UPLOADED = f""", uploaded AS (
    INSERT INTO {Upload._meta.db_table} AS u
        (visit, sha256, size, author_id, begun_at, refused, submission_id)
    SELECT %(visit)s::uuid, %(sealed)s, %(sealed_size)s, %(author)s, %(now)s, '', id
    FROM taken WHERE id IS NOT NULL
    ON CONFLICT (visit, sha256) DO UPDATE SET submission_id = EXCLUDED.submission_id,
        author_id = EXCLUDED.author_id, refused = ''
)"""  # noqa: S608  (no value is put into it)
DEVELOPED = jobs.deferred(DEVELOP, "jsonb_build_object('submission', id)")


def take_in_first(
    submission: Submission,
    arrival: Arrival,
    pack: packs.Pack,
    kept: packs.Kept,
    upload: Upload | None = None,
) -> bool:
    """False if it is not such a pack, or no longer: then nothing is written."""
    visit = submission.visit
    if not arrival.untouched or submission.revision != 1 or visit.follow_up_of_id:
        return False
    row = statements.tell(
        _statement(is_uploaded=upload is not None, has_photos=bool(kept.offsets)),
        {
            "visit": str(visit.pk),
            "sent": pack.text,
            "told": json.dumps(_told(submission, arrival, kept)),
        }
        | (_uploaded(upload) if upload else {}),
    )
    if row is None:
        return False
    submission.pk = row[0]
    if upload:
        upload.submission = submission
    # As the database has it now, for whoever goes on with these two.
    submission._state.adding = False
    visit.received_at, visit.version = submission.received_at, arrival.version
    return True


def _statement(*, is_uploaded: bool, has_photos: bool) -> str:
    told = f"id, {DEVELOPED}" if has_photos else "id"
    uploaded = UPLOADED if is_uploaded else ""
    return f"{TAKEN}{uploaded} SELECT {told} FROM taken WHERE id IS NOT NULL"  # noqa: S608


def _uploaded(upload: Upload) -> Json:
    return {
        "sealed": upload.sha256,
        "sealed_size": upload.size,
        "author": upload.author_id,
        "now": upload.begun_at,
    }


def _told(submission: Submission, arrival: Arrival, kept: packs.Kept) -> Json:
    checklist = checklist_of(arrival.version.pk, arrival.version.sha256)
    whole = rules_input(submission.document, submission.visited_at)
    result = rules.evaluate(checklist, whole)
    told = _of_submission(submission) | {
        "version": arrival.version.pk,
        "results": [
            {"room": arrival.rooms[code].pk, **columns}
            for code, columns in results_of(result, submission.document)
        ],
        "data": _of_event(submission, result["findings"], kept),
    }
    if kept.offsets:
        told["photos"] = _photos(submission.document, arrival, kept)
    if result["findings"]:
        told["findings"] = [_finding(f, arrival) for f in result["findings"]]
    return told


def _of_submission(submission: Submission) -> Json:
    visit = submission.visit
    return {
        "sha256": submission.sha256,
        "size": submission.size,
        "file": submission.file,
        "receipt": submission.receipt,
        "started_at": submission.started_at.isoformat(),
        "finished_at": submission.finished_at.isoformat(),
        "clock_skew_ms": submission.clock_skew_ms,
        "visited_at": submission.visited_at.isoformat(),
        "flags": submission.flags,
        "received_at": submission.received_at.isoformat(),
        "by": submission.sent_by_id,
        "subject": label(visit),
        "under": label(visit.house),
    }


def _of_event(submission: Submission, found: list[Json], kept: packs.Kept) -> Json:
    return {
        "revision": submission.revision,
        "sha256": submission.sha256,
        "receipt": submission.receipt,
        "photos": len(kept.offsets),
        "flags": submission.flags,
        "opened": opened_of(found),
        "closed": [],
    }


def _photos(document: Json, arrival: Arrival, kept: packs.Kept) -> list[Json]:
    return [
        {
            "key": photo["id"],
            "room": photo["room"] and arrival.rooms[photo["room"]].pk,
            "item": photo["item"],
            "sha256": photo["sha256"],
            "offset": offset,
            "size": photo["size"],
        }
        for photo, offset in zip(document["photos"], kept.offsets, strict=True)
    ]


def _finding(found: Json, arrival: Arrival) -> Json:
    told = told_of(found) | {"item": found["item"]}
    return told | {
        "room": found["room"] and arrival.rooms[found["room"]].pk,
        "due_at": told["due_at"].isoformat(),
    }
