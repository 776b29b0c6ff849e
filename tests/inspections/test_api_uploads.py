"""A sealed pack in parts: docs/reference/pack.md, "Sending sealed"."""

import datetime as dt
import hashlib
import os
import random
from collections import namedtuple

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError, connection

from accounts.models import Membership, User
from core import clock, codes
from core.models import Event
from inspections.actions import receiving, uploading
from inspections.models import EvidencePhoto, Submission, Upload, Visit
from inspections.pack import LARGEST, MOST_IN_A_PART, disk, prove, sealing, ticket
from tests.accounts.factories import UserFactory
from tests.inspections.factories import TieFactory, VisitFactory, document, pack
from tests.inspections.test_api_pack import jpeg, photo, with_photos
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db
PART = 32 * 1024


class Sending:
    """A tablet that sends one sealed pack by its author's proof, without any session."""

    def __init__(self, client, visit, plain, *, by=None, seal_for=None):
        self.client, self.visit = client, visit
        self.author = by or visit.inspector
        self.plain = plain
        self.sealed = sealing.seal(plain, seal_for or sealing.public_key()[1])
        self.sha256 = hashlib.sha256(self.sealed).hexdigest()
        self.address = f"/api/v1/visits/{visit.pk}/uploads/{self.sha256}"
        self.proof = self.proof_of(clock.today())

    def proof_of(self, day):
        key = ticket(self.author.pk, day)
        return prove(key, self.author.pk, day, self.visit.pk, self.sha256)

    @property
    def parts(self):
        return [
            (at, min(PART, len(self.sealed) - at))
            for at in range(0, len(self.sealed), PART)
        ]

    def get(self):
        return self.client.get(self.address, headers=self._headers())

    def head(self):
        return self.client.head(self.address, headers=self._headers())

    def patch(self, at=0, size=None, content=None, **headers):
        if content is None:
            content = self.sealed[at : None if size is None else at + size]
        own = {
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": str(at),
            "Upload-Length": str(len(self.sealed)),
            "Content-Type": "application/offset+octet-stream",
        }
        headers = self._headers() | own | headers
        return self.client.patch(
            self.address,
            content,
            content_type=headers.pop("Content-Type"),
            headers=headers,
        )

    def post(self, device_time=None):
        moment = clock.iso(device_time or clock.now())
        return self.client.post(
            self.address, headers=self._headers() | {"X-Device-Time": moment}
        )

    def send(self):
        for at, size in self.parts:
            assert self.patch(at, size).status_code == 204
        return self.post()

    def _headers(self):
        return {"Authorization": self.proof} if self.proof else {}


def noise(size=60_000):
    """A picture as far as the frame looks: what does not compress, begun like a JPEG."""
    return jpeg() + os.urandom(size)


@pytest.fixture
def visit():
    return VisitFactory(house=RoomFactory().house)


@pytest.fixture
def sending(client, visit):
    """Of two photos, together some 150 kB."""
    plain = with_photos(
        document(visit), photo(content=noise()), photo("FIR-08", content=noise())
    )
    return Sending(client, visit, plain)


def stored(media):
    return [path for path in media.rglob("*") if path.is_file()]


# --- the way through ---------------------------------------------------------------------


def test_parts_become_the_visit_byte_for_byte(sending, visit, media):
    answer = sending.send()

    submission = Submission.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "registry": "safe-rooms",
        "visit": str(visit.pk),
        "upload": sending.sha256,
        "revision": 1,
        "sha256": hashlib.sha256(sending.plain).hexdigest(),
        "receipt": codes.shown(submission.receipt),
        "received_at": clock.iso(submission.received_at),
        "photos": 2,
        "confirmed": [each["sha256"] for each in submission.document["photos"]],
        "flags": [],
        "new": True,
    }
    with default_storage.open(submission.file, "rb") as file:
        assert file.read() == sending.plain
    assert stored(media) == [media / submission.file]
    assert EvidencePhoto.objects.count() == 2
    assert submission.sent_by == visit.inspector


def test_parts_come_in_any_order_and_twice(sending):
    parts = sending.parts * 2
    random.Random(5).shuffle(parts)

    for at, size in parts:
        sending.patch(at, size)

    assert sending.post().status_code == 201


def test_parts_of_other_sizes_may_overlap(sending):
    size = len(sending.sealed)
    sending.patch(0, 50_000)
    sending.patch(size - 70_000, 70_000)
    sending.patch(30_000, size - 60_000)

    assert sending.get().json()["missing"] == []
    assert sending.post().status_code == 201


def test_pack_without_photos_is_one_part(client, visit, media):
    sending = Sending(client, visit, pack(document(visit)))

    assert sending.patch().status_code == 204
    answer = sending.post()

    assert (answer.status_code, answer.json()["confirmed"]) == (201, [])
    assert stored(media) == []


def test_receipt_is_the_same_as_often_as_asked(sending):
    first = sending.send().json()

    again = sending.post()
    state = sending.get().json()

    assert (again.status_code, again.json()) == (200, first | {"new": False})
    receipt = {name: value for name, value in first.items() if name != "new"}
    assert (state["state"], state["receipt"]) == ("received", receipt)
    assert state["received"] == state["size"] == len(sending.sealed)
    assert state["photos"] == {"all": 2, "here": 2}


def test_part_after_the_receipt_changes_nothing(sending, media):
    sending.send()

    answer = sending.patch(0, PART)

    assert answer.status_code == 204
    assert answer["Upload-Offset"] == str(len(sending.sealed))
    assert len(stored(media)) == 1


def test_pack_that_came_whole_has_the_same_receipt_in_parts(client, visit, sending):
    client.force_login(visit.inspector)
    whole = client.put(
        f"/api/v1/visits/{visit.pk}/pack",
        sending.plain,
        content_type="application/vnd.safe-rooms.pack",
    ).json()

    answer = sending.send()

    assert answer.status_code == 200
    assert answer.json()["receipt"] == whole["receipt"]


def test_session_may_send_in_parts_too(client, sending, visit):
    client.force_login(visit.inspector)
    sending.proof = None

    assert sending.send().status_code == 201


def test_device_clock_of_the_end_counts(sending):
    for at, size in sending.parts:
        sending.patch(at, size)

    answer = sending.post(device_time=clock.now() + dt.timedelta(days=3))

    assert answer.json()["flags"] == ["clock_skew"]


# --- where it stands ---------------------------------------------------------------------


def test_unknown_upload_is_said_to_be_unknown(sending, visit):
    assert sending.get().json() == {
        "registry": "safe-rooms",
        "visit": str(visit.pk),
        "upload": sending.sha256,
        "state": "unknown",
        "size": None,
        "received": 0,
        "missing": None,
        "photos": None,
        "refused": "",
        "receipt": None,
    }
    assert sending.head().status_code == 404


def test_state_says_what_is_missing(sending):
    size = len(sending.sealed)
    sending.patch(0, PART)
    sending.patch(2 * PART, PART)

    state = sending.get().json()

    assert state["state"] == "incomplete"
    assert (state["size"], state["received"]) == (size, 2 * PART)
    assert state["missing"] == [[PART, 2 * PART], [3 * PART, size]]
    assert state["photos"] is None


def test_state_counts_photos_that_are_whole(sending):
    size = len(sending.sealed)
    sending.patch(0, size - 10)

    state = sending.get().json()

    assert state["photos"] == {"all": 2, "here": 1}
    (upload,) = Upload.objects.incomplete()
    assert (upload.photos_here, upload.photos_all, upload.percent) == (1, 2, 99)


def test_head_says_how_far_it_is_without_a_gap(sending):
    sending.patch(0, PART)
    last = sending.patch(2 * PART, PART)

    answer = sending.head()

    assert last["Upload-Offset"] == answer["Upload-Offset"] == str(PART)
    assert answer["Upload-Length"] == str(len(sending.sealed))
    assert answer["Tus-Resumable"] == "1.0.0"


def test_end_before_all_is_here_is_refused(sending):
    early = sending.post()
    sending.patch(0, PART)
    later = sending.post()

    assert (early.status_code, early.json()["code"]) == (409, "incomplete")
    assert early.json()["missing"] is None
    assert later.json()["missing"] == [[PART, len(sending.sealed)]]
    assert not Submission.objects.exists()


def test_part_costs_two_queries(sending, django_assert_num_queries):
    for at, size in sending.parts[:-1]:
        sending.patch(at, size)

    with django_assert_num_queries(2):
        sending.patch(*sending.parts[-1])


# --- who ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "patch", "post"])
def test_without_proof_or_session_nothing_is_taken(sending, method):
    sending.proof = None

    answer = getattr(sending, method)()

    assert answer.status_code == 401
    assert not Upload.objects.exists()


@pytest.mark.parametrize("method", ["get", "patch", "post"])
def test_proof_that_does_not_hold_is_refused(sending, method):
    sending.proof = sending.proof[:-1] + ("0" if sending.proof[-1] != "0" else "1")

    answer = getattr(sending, method)()

    assert (answer.status_code, answer.json()["code"]) == (401, "bad_proof")


def test_proof_of_nobody_is_refused(sending):
    sending.author = User(pk=10**17)
    sending.proof = sending.proof_of(clock.today())

    assert sending.get().json()["code"] == "bad_proof"


def test_proof_ends_after_sixty_days(sending):
    sending.proof = sending.proof_of(clock.today() - dt.timedelta(days=61))

    assert sending.patch(0, PART).json()["code"] == "bad_proof"


def test_proof_opens_no_other_address(sending, client):
    answer = client.get("/api/v1/tablet/day/", headers={"Authorization": sending.proof})

    assert answer.status_code == 401


def test_proof_wins_over_somebody_elses_session(client, sending, visit):
    client.force_login(UserFactory())

    answer = sending.send()

    assert answer.status_code == 201
    assert Submission.objects.get().sent_by == visit.inspector


def close_account(user):
    user.is_active = False
    user.save()


def end_roles(user):
    now = clock.now() + dt.timedelta(seconds=1)
    Membership.objects.filter(user=user).update(ended_at=now, ended_by=user)
    close_account(user)


def test_author_who_was_suspended_meanwhile_is_still_received(sending, visit):
    end_roles(visit.inspector)

    answer = sending.send()

    assert answer.status_code == 201
    assert answer.json()["flags"] == ["no_role"]


@pytest.fixture
def begun(visit):
    """Begun on the tablet, at the same house."""
    return VisitFactory.build(
        house=visit.house,
        inspector=visit.inspector,
        version=visit.version,
        planned_by=None,
    )


@pytest.mark.parametrize("suspend", [end_roles, close_account])
def test_visit_begun_before_the_suspension_is_received(client, begun, suspend):
    sending = Sending(client, begun, pack(document(begun)))
    suspend(begun.inspector)

    answer = sending.send()

    assert answer.json()["flags"] == ["no_role", "unplanned"]
    assert Visit.objects.get(pk=begun.pk).house == begun.house


def test_visit_begun_by_who_never_was_inspector_there_is_not_found(client, begun):
    sending = Sending(client, begun, pack(document(begun)), by=UserFactory())

    answer = sending.patch()

    assert answer.status_code == 404
    assert Upload.objects.get().refused == "not_found"


def test_somebody_elses_visit_is_not_found(client, visit, sending):
    other = VisitFactory(house=RoomFactory(house__commune=visit.house.commune).house)
    sending = Sending(client, visit, sending.plain, by=other.inspector)

    assert sending.patch(0, PART).status_code == 404
    assert sending.post().json()["code"] == "incomplete"
    assert not Upload.objects.exists()


def test_somebody_elses_upload_is_unknown(client, sending):
    sending.patch(0, PART)
    sending.author = VisitFactory().inspector
    sending.proof = sending.proof_of(clock.today())

    assert sending.get().json()["state"] == "unknown"
    assert sending.patch(PART, PART).status_code == 404


def test_who_is_no_inspector_begins_no_upload(client, begun):
    client.force_login(UserFactory())
    sending = Sending(client, begun, pack(document(begun)))
    sending.proof = None

    assert sending.patch().status_code == 404
    assert not Upload.objects.exists()


def test_author_with_too_many_unfinished_waits(sending, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_UNFINISHED", 0)

    answer = sending.patch(0, PART)

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_uploads")


# --- refused before it travels -----------------------------------------------------------


def test_pack_over_the_limit_is_refused_before_it_is_read(sending, media):
    answer = sending.patch(0, PART, **{"Upload-Length": str(LARGEST + 1)})

    assert answer.status_code == 413
    assert answer.json()["what"] == "pack"
    assert stored(media) == []


def test_part_over_the_limit_is_refused(sending):
    answer = sending.patch(
        content=bytes(MOST_IN_A_PART + 1), **{"Upload-Length": "5000000"}
    )

    assert (answer.status_code, answer.json()["what"]) == (413, "part")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Type": "image/jpeg"}, 415, "unsupported_media_type"),
        ({"Tus-Resumable": "0.9"}, 412, "other_protocol"),
        ({"Upload-Offset": "-1"}, 400, "malformed"),
        ({"Upload-Offset": "²"}, 400, "malformed"),
        ({"Upload-Offset": "9" * 30}, 400, "malformed"),
        ({"Upload-Length": "0"}, 400, "malformed"),
        ({"Upload-Length": "10"}, 400, "malformed"),
    ],
)
def test_part_with_a_wrong_header_is_refused(sending, headers, status, code):
    answer = sending.patch(0, PART, **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Upload.objects.exists()


def test_length_must_not_change(sending):
    sending.patch(0, PART)

    answer = sending.patch(0, PART, **{"Upload-Length": str(PART * 3)})

    assert (answer.status_code, answer.json()["code"]) == (409, "other_size")
    assert answer.json()["size"] == len(sending.sealed)


def test_document_is_judged_before_the_photos_come(client, visit):
    sent = document(visit, version=99)
    pictures = [photo(content=noise(200_000)) for _ in range(3)]
    sending = Sending(client, visit, with_photos(sent, *pictures))

    early = sending.patch(0, PART)
    answers = [sending.patch(at, size) for at, size in sending.parts[1:3]]

    assert early.status_code == 204
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (
        422,
        "invalid_answers",
    )
    assert sending.get().json()["refused"] == "invalid_answers"


def test_tie_is_refused_before_the_photos_come_and_may_end(sending, visit):
    tie = TieFactory(house=visit.house, inspector=visit.inspector)
    answers = [sending.patch(at, size) for at, size in sending.parts[:3]]

    tie.delete()
    last = sending.send()

    assert answers[-1].json()["code"] == "tied"
    assert last.status_code == 201
    assert Upload.objects.get().refused == ""


def test_pack_for_another_key_is_refused_at_once(client, visit, sending, settings):
    ours, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    _, point = sealing.public_key()
    settings.SECRET_KEY = ours
    sending = Sending(client, visit, sending.plain, seal_for=point)

    answers = [sending.patch(at, size) for at, size in sending.parts]

    assert (answers[-1].status_code, answers[-1].json()["code"]) == (422, "cannot_open")
    assert sending.post().json()["code"] == "cannot_open"


def test_key_before_still_opens_and_proves(sending, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert sending.send().status_code == 201


# --- what goes wrong on the way ----------------------------------------------------------


@pytest.mark.parametrize("place", [0, 50, 100_000, -1])
def test_damaged_bytes_are_dropped_and_sent_again(sending, place, media):
    wrong = bytearray(sending.sealed)
    wrong[place] ^= 1
    sending.sealed, right = bytes(wrong), sending.sealed
    for at, size in sending.parts:
        sending.patch(at, size)

    damaged = sending.post()
    after = sending.get().json()
    sending.sealed = right
    healed = sending.send()

    assert (damaged.status_code, damaged.json()["code"]) == (422, "damaged")
    assert (after["received"], after["missing"]) == (0, [[0, after["size"]]])
    assert healed.status_code == 201
    assert len(stored(media)) == 1


def test_photo_that_differs_from_its_manifest_is_refused(client, visit):
    sending = Sending(
        client, visit, with_photos(document(visit), photo(sha256="0" * 64))
    )

    answer = sending.send()

    assert (answer.status_code, answer.json()["code"]) == (422, "photo_mismatch")
    assert sending.get().json()["refused"] == "photo_mismatch"


def test_other_content_is_kept_for_a_person(client, visit, sending, media):
    sending.send()
    other = with_photos(document(visit, notes="khác"), photo())
    second = Sending(client, visit, other)

    answers = [second.send(), second.post()]

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (409, "different_content")
        assert answer.json()["kept"] is True
    assert Submission.objects.filter(accepted=False).count() == 1
    assert list(Upload.objects.incomplete()) == []
    assert list((media / "uploads").iterdir()) == []


def test_torn_mark_means_that_the_part_is_sent_again(sending):
    sending.patch(0, PART)
    upload = Upload.objects.get()
    with upload.parts.marks.open("ab") as marks:
        marks.write(b"\n32768 655")

    sending.patch(2 * PART, PART)

    missing = sending.get().json()["missing"]
    assert missing == [[PART, 2 * PART], [3 * PART, len(sending.sealed)]]


@pytest.mark.parametrize("lose", [os.unlink, lambda path: os.truncate(path, 100)])
def test_marks_without_their_bytes_do_not_count(sending, lose):
    sending.patch(0, PART)
    lose(Upload.objects.get().parts.path)

    assert sending.get().json()["received"] == 0


def test_end_that_died_is_completed_by_a_repeat(sending, monkeypatch, media):
    def dies(*_):
        raise OperationalError("terminating connection")

    with monkeypatch.context() as crash:
        crash.setattr(receiving, "_store", dies)
        broken = sending.send()
    again = sending.post()

    assert (broken.status_code, broken["Retry-After"]) == (503, "30")
    assert again.status_code == 201
    assert len(stored(media)) == 1


def test_end_that_died_after_the_commit_is_completed_by_a_repeat(
    sending, monkeypatch, media
):
    def dies(*_):
        raise OperationalError("terminating connection")

    with monkeypatch.context() as crash:
        crash.setattr(uploading, "end", dies)
        broken = sending.send()
    again = sending.post()

    assert broken.status_code == 503
    assert (again.status_code, again.json()["new"]) == (200, False)
    assert Submission.objects.count() == 1
    assert len(stored(media)) == 1


def away(*_, **__):
    raise psycopg.OperationalError("connection refused")


@pytest.mark.parametrize("method", ["get", "head", "patch", "post"])
def test_database_that_is_away_is_503(sending, monkeypatch, method):
    with monkeypatch.context() as cut:
        cut.setattr(psycopg.Cursor, "execute", away)
        answer = getattr(sending, method)()

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_database_that_takes_no_writes_is_503(sending, visit):
    sending.patch(0, PART)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")

    ended = Sending(sending.client, visit, sending.plain).patch(0, PART)

    assert (ended.status_code, ended["Retry-After"]) == (503, "30")


def test_full_disk_is_refused_before_the_part_is_taken(sending, monkeypatch, media):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(1000))

    answer = sending.patch(0, PART)

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert stored(media) == []


def test_full_disk_at_the_end_keeps_the_parts(sending, monkeypatch, media):
    usage = namedtuple("usage", "free")
    for at, size in sending.parts:
        sending.patch(at, size)

    with monkeypatch.context() as filled:
        filled.setattr(disk.shutil, "disk_usage", lambda path: usage(1000))
        full = sending.post()
    again = sending.post()

    assert (full.status_code, again.status_code) == (507, 201)
    assert len(stored(media)) == 1


def test_disk_that_fills_up_in_the_middle_of_a_part_is_refused(sending, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    sending.patch(0, PART)
    with monkeypatch.context() as crash:
        crash.setattr(os, "pwrite", full)
        answer = sending.patch(PART, PART)

    assert answer.status_code == 507
    assert sending.get().json()["received"] == PART


# --- forgotten ---------------------------------------------------------------------------


def age(upload, days):
    then = clock.now() - dt.timedelta(days=days)
    Upload.objects.filter(pk=upload.pk).update(begun_at=then)
    for path in (upload.parts.path, upload.parts.marks):
        os.utime(path, (then.timestamp(), then.timestamp()))


@pytest.mark.parametrize(("days", "left"), [(31, 0), (29, 1)])
def test_unfinished_upload_is_swept_after_thirty_days(sending, days, left, media):
    sending.patch(0, PART)
    age(Upload.objects.get(), days)

    call_command("sweep_packs", verbosity=0)

    assert Upload.objects.count() == left
    assert len(stored(media)) == 2 * left


def test_house_tells_that_an_upload_was_forgotten(sending, visit):
    for at, size in sending.parts[:3]:
        sending.patch(at, size)
    age(Upload.objects.get(), 31)

    uploading.sweep_uploads()

    event = Event.objects.under(visit.house).get(kind="upload.forgotten")
    assert event.data["visit"] == str(visit.pk)
    assert 0 < event.data["percent"] < 100


def test_upload_that_goes_on_is_not_swept(sending):
    sending.patch(0, PART)
    age(Upload.objects.get(), 31)
    sending.patch(PART, PART)

    assert uploading.sweep_uploads() == []


def test_bytes_without_their_row_are_swept_after_a_day(sending, media):
    sending.patch(0, PART)
    upload = Upload.objects.get()
    age(upload, 2)
    upload.delete()

    call_command("sweep_packs", verbosity=0)

    assert stored(media) == []
