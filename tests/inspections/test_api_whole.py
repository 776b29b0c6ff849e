"""A sealed pack whole, in one request: docs/reference/pack.md, "Sending sealed"."""

import datetime as dt
import hashlib

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.test import Client

from core import clock, codes
from inspections.actions import uploading
from inspections.models import Submission, Upload, Visit
from inspections.pack import LARGEST, disk, sealing
from tests.accounts.factories import UserFactory
from tests.inspections.factories import (
    FindingFactory,
    TieFactory,
    VisitFactory,
    document,
    pack,
)
from tests.inspections.test_api_pack import photo, with_photos
from tests.inspections.test_api_uploads import (
    PART,
    Sending,
    away,
    end_roles,
    noise,
    stored,
)
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db
MEDIA_TYPE = "application/vnd.safe-rooms.sealed-pack"


class Whole(Sending):
    def put(self, content=None, media_type=MEDIA_TYPE, **headers):
        device_time = {"X-Device-Time": clock.iso(clock.now())}
        return self.client.put(
            self.address,
            self.sealed if content is None else content,
            content_type=media_type,
            headers=self._headers() | device_time | headers,
        )


@pytest.fixture
def visit():
    return VisitFactory(house=RoomFactory().house)


@pytest.fixture
def plain(visit):
    return with_photos(
        document(visit), photo(content=noise()), photo("FIR-08", content=noise())
    )


@pytest.fixture
def sending(client, visit, plain):
    """Of two photos, together some 150 kB."""
    return Whole(client, visit, plain)


def refused(answer):
    return answer.status_code, answer.json()["code"]


def test_pack_becomes_the_visit_byte_for_byte(sending, visit, media):
    answer = sending.put()

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
    assert submission.sent_by == visit.inspector


def test_answer_bears_what_every_answer_bears(sending):
    answer = sending.put()

    assert answer.headers["Content-Language"] == "vi"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_receipt_is_the_same_as_often_as_asked(sending):
    first = sending.put().json()

    again, ended, state = sending.put(), sending.post(), sending.get().json()

    assert (again.status_code, ended.status_code) == (200, 200)
    assert again.json() == ended.json() == first | {"new": False}
    assert state["state"] == "received"
    assert state["receipt"]["receipt"] == first["receipt"]
    assert Submission.objects.count() == 1


def test_receipt_outlasts_the_key(sending, settings):
    first = sending.put().json()

    settings.SECRET_KEY = "another" * 8
    sending.proof = sending.proof_of(clock.today())
    again = sending.put()

    assert again.json() == first | {"new": False}


def test_what_was_begun_in_parts_is_ended_whole(sending, media):
    sending.patch(0, PART)

    answer = sending.put()

    assert answer.status_code == 201
    assert sending.patch(PART, PART).status_code == 204
    assert Upload.objects.get().submission == Submission.objects.get()
    assert len(stored(media)) == 1


def test_what_did_not_come_whole_is_ended_in_parts(sending, media):
    damaged = sending.put(sending.sealed[:-1] + b"x")

    answer = sending.send()

    assert (damaged.status_code, answer.status_code) == (422, 201)
    assert len(stored(media)) == 1


def test_same_visit_sealed_again_has_the_same_receipt(client, visit, plain, sending):
    first = sending.put().json()

    other = Whole(client, visit, plain)
    again = other.put()

    assert (again.status_code, again.json()["receipt"]) == (200, first["receipt"])
    assert other.get().json()["state"] == "received"


def test_the_careful_way_leaves_the_upload_received(sending, visit):
    FindingFactory(submission__visit__house=visit.house)

    answer = sending.put()

    assert answer.status_code == 201
    assert sending.get().json()["receipt"]["receipt"] == answer.json()["receipt"]


def test_device_clock_counts(sending):
    device = clock.iso(clock.now() + dt.timedelta(days=3))

    answer = sending.put(**{"X-Device-Time": device})

    assert answer.json()["flags"] == ["clock_skew"]


def test_visit_costs_three_questions(client, visit, plain, django_assert_num_queries):
    Whole(client, visit, plain).put()  # what a process reads once
    other = VisitFactory(house=RoomFactory().house, version=visit.version)
    sending = Whole(client, other, pack(document(other)))

    with django_assert_num_queries(3):
        answer = sending.put()

    assert answer.status_code == 201


# --- who ---------------------------------------------------------------------------------


def test_without_proof_or_session_nothing_is_taken(sending):
    sending.proof = None

    assert refused(sending.put()) == (401, "not_authenticated")
    assert not Upload.objects.exists()


def forge(sending, other):
    sending.proof = sending.proof[:-1] + ("0" if sending.proof[-1] != "0" else "1")


def take_that_of_another_visit(sending, other):
    sending.proof = other.proof


def name_another_inspector(sending, other):
    signature = sending.proof.rpartition(".")[2]
    start = other.proof.rpartition(".")[0]
    sending.proof = f"{start}.{signature}"


def take_an_old_one(sending, other):
    sending.proof = sending.proof_of(clock.today() - dt.timedelta(days=61))


@pytest.mark.parametrize(
    "act", [forge, take_that_of_another_visit, name_another_inspector, take_an_old_one]
)
def test_proof_that_does_not_hold_is_refused(client, sending, act):
    other = VisitFactory(house=RoomFactory().house)
    act(sending, Whole(client, other, pack(document(other))))

    assert refused(sending.put()) == (401, "bad_proof")
    assert not Submission.objects.exists()


def test_proof_does_not_cover_other_bytes(client, visit, plain, sending):
    other = Whole(client, visit, plain)

    assert refused(sending.put(other.sealed)) == (422, "damaged")
    assert not Submission.objects.exists()


def test_somebody_elses_visit_is_not_found(client, visit, plain):
    other = VisitFactory(house=RoomFactory(house__commune=visit.house.commune).house)
    sending = Whole(client, visit, plain, by=other.inspector)

    assert refused(sending.put()) == (404, "not_found")
    assert not Upload.objects.exists()


def test_proof_wins_over_somebody_elses_session(visit, plain):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())

    answer = Whole(client, visit, plain).put()

    assert answer.status_code == 201
    assert Submission.objects.get().sent_by == visit.inspector


def test_author_who_was_suspended_meanwhile_is_still_received(sending, visit):
    end_roles(visit.inspector)

    assert sending.put().json()["flags"] == ["no_role"]


def test_visit_begun_before_the_suspension_is_received(client, visit):
    begun = VisitFactory.build(
        house=visit.house,
        inspector=visit.inspector,
        version=visit.version,
        planned_by=None,
    )
    end_roles(visit.inspector)

    answer = Whole(client, begun, pack(document(begun))).put()

    assert answer.json()["flags"] == ["no_role", "unplanned"]
    assert Visit.objects.get(pk=begun.pk).house == visit.house


# --- refused -----------------------------------------------------------------------------


def test_what_is_too_large_is_refused_unread(sending):
    answer = sending.put(**{"Content-Length": str(LARGEST + 1)})

    assert refused(answer) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"x", "image/jpeg", (415, "unsupported_media_type")),
        (b"x", MEDIA_TYPE, (422, "damaged")),
        (bytes(5000), MEDIA_TYPE, (422, "damaged")),
    ],
)
def test_what_is_no_pack_is_refused(sending, content, media_type, code):
    assert refused(sending.put(content, media_type)) == code
    assert not Upload.objects.exists()


def test_one_wrong_byte_is_damage(sending, media):
    content = bytearray(sending.sealed)
    content[-200] ^= 1

    assert refused(sending.put(bytes(content))) == (422, "damaged")
    assert stored(media) == []


def test_pack_for_an_unknown_key_cannot_be_opened(client, visit, plain, settings):
    now = settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 8
    point = sealing.public_key()[1]
    settings.SECRET_KEY = now

    answer = Whole(client, visit, plain, seal_for=point).put()

    assert refused(answer) == (422, "cannot_open")


def test_what_is_refused_is_seen_in_the_office(sending, visit):
    TieFactory(house=visit.house, inspector=visit.inspector)

    assert refused(sending.put()) == (409, "tied")
    assert Upload.objects.incomplete().get().refused == "tied"


def test_refusal_is_told_also_to_who_has_too_many(sending, visit, monkeypatch):
    TieFactory(house=visit.house, inspector=visit.inspector)
    monkeypatch.setattr(uploading, "MOST_UNFINISHED", 0)

    assert refused(sending.put()) == (409, "tied")


def test_another_record_of_the_visit_is_kept(client, visit, sending):
    sending.put()
    other = Whole(client, visit, pack(document(visit, notes="khác")))

    answers = [other.put(), other.put()]

    assert [refused(each) for each in answers] == [(409, "different_content")] * 2
    assert all(each.json()["kept"] for each in answers)
    assert Submission.objects.filter(accepted=False).count() == 1


def test_full_disk_is_told_before_the_photos_come(sending, monkeypatch, media):
    monkeypatch.setattr(disk, "RESERVE", 10**18)

    assert refused(sending.put()) == (507, "storage_full")
    assert stored(media) == []
    assert not Upload.objects.exists()


def test_database_that_is_away_is_told(sending, monkeypatch, media):
    with monkeypatch.context() as cut:
        cut.setattr(psycopg.Cursor, "execute", away)
        answer = sending.put()

    assert refused(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"]
    assert stored(media) == []
