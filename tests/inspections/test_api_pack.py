import copy
import datetime as dt
import hashlib
import io
import json
import uuid
from collections import namedtuple

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts.models import Role
from core import clock, codes, jobs
from core.models import Event
from inspections.models import (
    EvidencePhoto,
    Finding,
    Return,
    RoomResult,
    Submission,
    Verification,
    Visit,
)
from inspections.pack import LIMITS, MEDIA_TYPE, disk, keeping, reading
from registry.actions import withdraw_house
from tests.accounts.factories import staff
from tests.inspections.factories import (
    PublishedVersionFactory,
    TieFactory,
    VisitFactory,
    document,
    next_version,
    pack,
)
from tests.registry.factories import HouseFactory, OtherCommuneFactory, RoomFactory

pytestmark = pytest.mark.django_db
SOME_ID = "5f0c4f0e-6a1d-4a53-9c0b-2f4a7f1d9e10"  # fixed: it is part of a test's name
Photo = namedtuple("Photo", "manifest content")


def jpeg(colour="teal"):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return file.getvalue()


def photo(item="FIR-01", room=None, content=None, **changes):
    content = jpeg() if content is None else content
    manifest = {
        "id": str(uuid.uuid4()),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "item": item,
        "room": room,
        "taken_at": clock.iso(clock.now()),
    }
    return Photo(manifest | changes, content)


def with_photos(document, *photos):
    document["photos"] = [each.manifest for each in photos]
    return pack(document, [each.content for each in photos])


@pytest.fixture
def visit():
    """Planned for today, at a house with one room."""
    house = HouseFactory()
    RoomFactory(house=house, label="101")
    return VisitFactory(house=house)


@pytest.fixture
def send(client):
    """Send bytes as the visit's inspector, or as somebody else."""

    def send(visit, body, *, by=None, device_time=None, **headers):
        client.force_login(by or visit.inspector)
        headers = {
            "X-Device-Time": clock.iso(device_time or clock.now()),
            "Content-Type": MEDIA_TYPE,
        } | headers
        return client.put(
            f"/api/v1/visits/{visit.pk}/pack",
            body,
            content_type=headers.pop("Content-Type"),
            headers={k: v for k, v in headers.items() if v is not None},
        )

    return send


def test_pack_is_received_with_a_receipt(visit, send):
    body = pack(document(visit))

    answer = send(visit, body)

    submission = Submission.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "registry": "safe-rooms",
        "visit": str(visit.pk),
        "revision": 1,
        "sha256": hashlib.sha256(body).hexdigest(),
        "receipt": codes.shown(submission.receipt),
        "received_at": clock.iso(submission.received_at),
        "photos": 0,
        "flags": [],
        "new": True,
    }
    assert codes.is_valid(submission.receipt)
    visit.refresh_from_db()
    assert visit.received_at == submission.received_at


def test_pack_gives_every_room_its_result(visit, send):
    send(visit, pack(document(visit)))

    result = RoomResult.objects.get()

    assert result.room.label == "101"
    assert result.outcome == "certify"
    assert (result.overall, result.security, result.women) == (100, 100, 100)
    assert result.blocking == []


def test_pack_keeps_head_counts(visit, send):
    sent = document(visit)
    sent["rooms"][0]["people"] = {"women": 2, "children": 1}

    send(visit, pack(sent))

    result = RoomResult.objects.get()
    assert (result.women_count, result.men_count, result.children_count) == (2, None, 1)


def test_pack_leaves_an_audit_line_under_the_house(visit, send):
    send(visit, pack(document(visit)))

    event = Event.objects.under(visit.house).first()

    assert event.kind == "visit.received"
    assert event.by == visit.inspector
    assert event.data["receipt"] == Submission.objects.get().receipt


def test_pack_sent_again_has_the_same_receipt(visit, send):
    body = with_photos(document(visit), photo())
    first = send(visit, body).json()

    second = send(visit, body, device_time=clock.now() + dt.timedelta(hours=5))

    assert second.status_code == 200
    assert second.json() == first | {"new": False}
    assert Submission.objects.count() == 1


def test_second_record_of_another_version_is_kept_as_well(visit, send):
    newer = next_version(visit.version)
    first = document(visit)
    other = document(visit, version=newer.number)
    other["house_part"]["answers"] = {"ELE-01": {"result": "fail"}}
    other["rooms"][0]["answers"]["SPC-01"] = {"choice": "small"}
    send(visit, with_photos(first))
    body = with_photos(other, photo("ELE-01"))

    answers = [send(visit, body), send(visit, body)]

    kept = Submission.objects.get(accepted=False)
    visit.refresh_from_db()
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["kept"] is True
    assert len(answers[0].json()["confirmed"]) == 1
    assert (kept.flags, kept.version) == (["other_version"], newer)
    assert visit.version != newer


def test_later_revision_of_another_version_is_refused(visit, send):
    newer = next_version(visit.version)
    send(visit, pack(document(visit)))
    returned(visit)

    answer = send(visit, pack(document(visit, version=newer.number, revision=2)))

    assert answer.json()["problems"] == [{"path": "version", "code": "other_version"}]


def test_pack_with_other_content_is_refused_and_kept(visit, send):
    first = pack(document(visit, notes="trước"))
    other = pack(document(visit, notes="sau"))
    send(visit, first)

    answers = [send(visit, other), send(visit, other)]

    kept = Submission.objects.get(accepted=False)
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[1].json() == answers[0].json()
    assert answers[0].json() == {
        "code": "different_content",
        "message": "Bản ghi này đã được giữ lại. Trước đó đã có một bản khác của lượt "
        "thăm này; người duyệt sẽ so sánh cả hai.",
        "registry": "safe-rooms",
        "visit": str(visit.pk),
        "revision": 1,
        "kept": True,
        "received_at": clock.iso(kept.received_at),
        "confirmed": [],
        "received": hashlib.sha256(first).hexdigest(),
        "sent": hashlib.sha256(other).hexdigest(),
    }
    assert kept.document["notes"] == "sau"
    assert kept.receipt == ""
    assert not kept.room_results.exists()
    assert send(visit, first).status_code == 200


def test_photos_of_a_pack_that_differs_can_be_looked_at(visit, send, media):
    send(visit, pack(document(visit)))
    picture = photo()
    answer = send(visit, with_photos(document(visit, notes="khác"), picture))

    jobs.run_waiting("inspections.develop_photos")

    shown = EvidencePhoto.objects.shown().get(submission__accepted=False)
    assert answer.json()["confirmed"] == [shown.sha256] == [picture.manifest["sha256"]]


def test_pack_of_photos_is_one_file_byte_for_byte(visit, send):
    pictures = [photo(content=jpeg("red")), photo("SEC-01", content=jpeg("blue"))]
    pictures[1].manifest["room"] = visit.house.rooms.get().code
    body = with_photos(document(visit), *pictures)

    answer = send(visit, body)

    submission = Submission.objects.get()
    assert answer.json()["photos"] == 2
    with default_storage.open(submission.file, "rb") as file:
        assert file.read() == body
    rows = list(submission.photos.order_by("offset"))
    for row, sent in zip(rows, pictures, strict=True):
        assert body[row.offset : row.offset + row.size] == sent.content
        assert str(row.key) == sent.manifest["id"]
    assert [row.room and row.room.label for row in rows] == [None, "101"]


def test_pack_leaves_no_unfinished_file(visit, send, media):
    send(visit, with_photos(document(visit), photo()))
    send(visit, with_photos(document(visit), photo(sha256="0" * 64)))

    assert list((media / keeping.UNFINISHED).iterdir()) == []


def test_photo_is_shown_only_after_it_was_encoded_anew(visit, send):
    exif = Image.Exif()
    exif[0x010E] = "số 5 ngõ 12"
    file = io.BytesIO()
    Image.new("RGB", (640, 480)).save(file, "JPEG", exif=exif)
    send(visit, with_photos(document(visit), photo(content=file.getvalue())))

    jobs.run_waiting()

    row = EvidencePhoto.objects.get()
    assert row.problem == ""
    assert (row.width, row.height) == (640, 480)
    with row.large.open() as large:
        assert b"ng\xc3\xb5 12" not in large.read()
    assert row.small.size > 0


def test_photo_that_cannot_be_decoded_says_so(visit, send):
    broken = photo(content=jpeg()[:-200])
    send(visit, with_photos(document(visit), broken))

    jobs.run_waiting()

    row = EvidencePhoto.objects.get()
    assert row.problem == "photo_damaged"
    assert not row.large


def test_same_photo_twice_is_kept_twice(visit, send):
    body = with_photos(document(visit), photo(), photo("FIR-08"))

    answer = send(visit, body)

    assert answer.status_code == 201
    assert EvidencePhoto.objects.count() == 2


# --- findings ----------------------------------------------------------------------------


def failing(visit, item="FIR-08", **changes):
    sent = document(visit, **changes)
    sent["house_part"]["answers"][item] = {"result": "fail"}
    return sent


def test_failure_opens_a_finding_with_its_date(visit, send):
    sent = failing(visit)

    send(visit, pack(sent))

    finding = Finding.objects.get()
    submission = Submission.objects.get()
    assert (finding.item, finding.room, finding.severity) == ("FIR-08", None, "T")
    due = submission.visited_at.replace(microsecond=0) + dt.timedelta(hours=720)
    assert finding.due_at == due
    assert finding.due == [{"what": "correct", "at": f"{due:%Y-%m-%dT%H:%M:%SZ}"}]


def test_finding_that_fails_again_keeps_its_date(visit, send):
    send(visit, pack(failing(visit)))
    due = Finding.objects.get().due_at
    again = VisitFactory(
        house=visit.house, inspector=visit.inspector, version=visit.version
    )

    send(again, pack(failing(again)))

    finding = Finding.objects.get()
    assert finding.due_at == due
    assert finding.visit == visit
    assert finding.last_seen_at == again.submissions.get().received_at


def test_finding_that_passes_now_is_verified_by_the_visit(visit, send):
    send(visit, pack(failing(visit, "FIR-01")))
    again = VisitFactory(
        house=visit.house, inspector=visit.inspector, version=visit.version
    )

    send(again, pack(document(again)))

    finding = Finding.objects.get()
    assert finding.closed_how == Finding.Closed.FIXED
    assert finding.closed_by == visit.inspector
    assert Verification.objects.get(finding=finding).visit == again


def test_finding_of_a_room_not_visited_stays_open(visit, send):
    sent = document(visit)
    sent["rooms"][0]["answers"]["SEC-01"] = {"result": "fail"}
    send(visit, pack(sent))
    again = VisitFactory(
        house=visit.house, inspector=visit.inspector, version=visit.version
    )

    send(again, pack(document(again, rooms=[])))

    assert Finding.objects.open().count() == 1


def test_confidential_answer_is_no_finding(visit, send):
    send(visit, pack(failing(visit, "WOM-09")))

    assert not Finding.objects.exists()
    assert RoomResult.objects.get().outcome == "certify"


def follow_up(visit, **changes):
    return VisitFactory(
        house=visit.house,
        inspector=visit.inspector,
        version=visit.version,
        follow_up_of=visit,
        **changes,
    )


def only(visit, **answers):
    """What a follow-up asks: nothing but the given answers of the house."""
    sent = document(visit, rooms=[])
    sent["house_part"] = {"facts": {}, "answers": answers}
    return pack(sent)


def test_follow_up_asks_only_what_is_open(visit, send):
    send(visit, pack(failing(visit, "FIR-01")))
    again = follow_up(visit)

    send(again, only(again, **{"FIR-01": {"result": "pass"}}))

    before, after = RoomResult.objects.order_by("id")
    assert before.outcome == "refuse"
    assert after.outcome == "certify"
    assert after.room.label == "101"
    assert not Finding.objects.open().exists()


def test_follow_up_does_not_reopen_what_staff_settled(visit, send):
    send(visit, pack(failing(visit)))
    finding = Finding.objects.get()
    finding.closed_at = clock.now()
    finding.closed_by = visit.inspector
    finding.closed_how = Finding.Closed.WAIVED
    finding.save()
    again = follow_up(visit)

    send(again, only(again))

    assert not Finding.objects.open().exists()
    assert RoomResult.objects.latest("id").outcome == "certify"


def test_follow_up_of_a_follow_up_stands_on_both(visit, send):
    sent = failing(visit, "FIR-01")
    sent["house_part"]["answers"]["FIR-08"] = {"result": "fail"}
    send(visit, pack(sent))
    second = follow_up(visit)
    send(second, only(second, **{"FIR-01": {"result": "pass"}}))
    third = follow_up(second)

    send(third, only(third, **{"FIR-08": {"result": "pass"}}))

    assert RoomResult.objects.latest("id").outcome == "certify"
    assert not Finding.objects.open().exists()


# --- revisions ---------------------------------------------------------------------------


def returned(visit):
    reviewer = staff(Role.REVIEWER)
    submission = visit.submissions.latest()
    return Return.objects.create(submission=submission, note="Xem lại", by=reviewer)


def test_second_revision_needs_a_return(visit, send):
    send(visit, pack(document(visit)))
    second = pack(document(visit, revision=2))

    early = send(visit, second)
    returned(visit)
    late = send(visit, second)

    assert (early.status_code, early.json()["code"]) == (409, "not_returned")
    assert late.status_code == 201
    assert visit.submissions.accepted().count() == 2


def test_second_revision_corrects_what_the_first_said(visit, send):
    send(visit, pack(failing(visit, "FIR-01")))
    returned(visit)

    send(visit, pack(document(visit, revision=2)))

    finding = Finding.objects.get()
    assert finding.closed_how == Finding.Closed.CORRECTED
    assert not finding.verifications.exists()


def test_second_revision_reopens_what_the_first_closed(visit, send):
    send(visit, pack(failing(visit)))
    due = Finding.objects.get().due_at
    again = VisitFactory(
        house=visit.house, inspector=visit.inspector, version=visit.version
    )
    send(again, pack(document(again)))
    returned(again)

    send(again, pack(failing(again, revision=2)))

    finding = Finding.objects.get()
    assert finding.closed_at is None
    assert finding.due_at == due


def test_second_revision_may_name_photos_of_the_first(visit, send):
    picture = photo()
    first = document(visit)
    first["house_part"]["answers"]["FIR-01"]["photos"] = [picture.manifest["sha256"]]
    send(visit, with_photos(first, picture))
    returned(visit)

    answer = send(visit, pack(copy.deepcopy(first) | {"revision": 2, "photos": []}))

    assert answer.json()["flags"] == []


# --- flags -------------------------------------------------------------------------------


def test_photo_that_never_came_is_flagged(visit, send):
    sent = document(visit)
    sent["house_part"]["answers"]["FIR-01"]["photos"] = ["a" * 64]

    answer = send(visit, pack(sent))

    assert answer.json()["flags"] == ["photos_missing"]


def test_device_clock_is_measured_and_flagged(visit, send):
    ahead = dt.timedelta(days=3)
    now = clock.now()
    sent = document(
        visit,
        started_at=clock.iso(now + ahead - dt.timedelta(minutes=30)),
        finished_at=clock.iso(now + ahead - dt.timedelta(minutes=10)),
    )

    answer = send(visit, pack(sent), device_time=now + ahead)

    submission = Submission.objects.get()
    assert answer.json()["flags"] == ["clock_skew"]
    assert submission.clock_skew_ms == pytest.approx(ahead.total_seconds() * 1000, 1e-3)
    assert submission.visited_at == pytest.approx(
        now - dt.timedelta(minutes=10), abs=dt.timedelta(seconds=5)
    )


DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
LOST = -56 * 365 * DAY  # a clock that has lost all begins in 1970


@pytest.mark.parametrize(
    ("at_visit", "finished", "at_sending", "counts", "visited", "flags"),
    [
        # Days ahead by the tablet's clock, hours before now: the contact was 8 h ago.
        (3 * DAY, 3 * DAY - 2 * HOUR, 0 * DAY, 3 * DAY, -2 * HOUR, ["skew", "set"]),
        (-3 * DAY, -3 * DAY - 2 * HOUR, 0 * DAY, -3 * DAY, -2 * HOUR, ["skew", "set"]),
        (0 * DAY, -2 * HOUR, 3 * DAY, 0 * DAY, -2 * HOUR, ["set"]),
        (0 * DAY, 3 * DAY - 2 * HOUR, 3 * DAY, 3 * DAY, -2 * HOUR, ["skew", "set"]),
        (3 * DAY, -2 * HOUR, 0 * DAY, 0 * DAY, -2 * HOUR, ["set"]),
        (0 * DAY, -300 * DAY, 0 * DAY, 0 * DAY, -8 * HOUR, ["set"]),
        (3 * DAY, 3 * DAY - 2 * HOUR, None, 3 * DAY, -2 * HOUR, ["skew"]),
        (HOUR / 30, -2 * HOUR, 0 * DAY, HOUR / 30, -2 * HOUR, []),
        (LOST, LOST - 2 * HOUR, LOST, LOST, -2 * HOUR, ["skew"]),
    ],
    ids=[
        "ahead, put right before sending",
        "behind, put right before sending",
        "put wrong after the visit",
        "put wrong before the end",
        "put right before the end",
        "reset before the end, put right before sending",
        "no clock told at sending",
        "two minutes",
        "a flat battery: 1970",
    ],
)
def test_difference_at_the_visit_counts_unless_it_cannot_be(
    visit, send, at_visit, finished, at_sending, counts, visited, flags
):
    Visit.objects.update(created_at=clock.now() - 400 * DAY)
    now = clock.now()
    sent = document(
        visit,
        started_at=clock.iso(now + finished - HOUR),
        finished_at=clock.iso(now + finished),
        clock={
            "ahead_ms": at_visit // dt.timedelta(milliseconds=1),
            "measured_at": clock.iso(now - 8 * HOUR),
        },
    )
    told = {"X-Device-Time": None} if at_sending is None else {}

    answer = send(visit, pack(sent), device_time=now + (at_sending or 0 * DAY), **told)

    submission = Submission.objects.get()
    assert answer.json()["flags"] == [f"clock_{flag}" for flag in flags]
    measured = dt.timedelta(milliseconds=submission.clock_skew_ms)
    assert abs(measured - counts) < HOUR / 20
    assert abs(submission.visited_at - (now + visited)) < HOUR / 20


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"ahead_ms": 1.5, "measured_at": "2026-11-21T01:00:00Z"},
        {"ahead_ms": 10**16, "measured_at": "2026-11-21T01:00:00Z"},
        {"ahead_ms": 0, "measured_at": "hôm qua"},
    ],
)
def test_clock_of_the_visit_that_cannot_be_read_is_refused(visit, send, told):
    answer = send(visit, pack(document(visit, clock=told)))

    assert answer.status_code == 422
    assert answer.json()["problems"] == [{"path": "clock", "code": "bad_value"}]


def test_visit_is_never_in_the_future(visit, send):
    sent = document(visit, finished_at=clock.iso(clock.now() + dt.timedelta(days=400)))

    send(visit, pack(sent))

    submission = Submission.objects.get()
    assert submission.visited_at == submission.received_at


def test_visit_is_never_before_its_planning(visit, send):
    sent = document(visit, started_at="2020-01-01T00:00:00Z")
    sent["finished_at"] = "2020-01-01T01:00:00Z"

    send(visit, pack(sent))

    assert Submission.objects.get().visited_at == visit.created_at


@pytest.mark.parametrize(
    "time", [None, "hôm qua", "2026-11-21T08:00:00", "99", "9999-12-31T08:00:00Z"]
)
def test_device_time_that_cannot_be_read_is_flagged(visit, send, time):
    answer = send(visit, pack(document(visit)), **{"X-Device-Time": time})

    assert answer.json()["flags"] == ["clock_unknown"]


def test_clock_turned_back_during_the_visit_is_flagged(visit, send):
    sent = document(visit)
    sent["started_at"], sent["finished_at"] = sent["finished_at"], sent["started_at"]

    answer = send(visit, pack(sent))

    assert answer.json()["flags"] == ["clock_changed"]


def test_work_for_a_withdrawn_visit_house_and_room_is_kept(visit, send):
    now, by = clock.now(), staff(Role.COORDINATOR)
    Visit.objects.update(withdrawn_at=now, withdrawn_by=by)
    visit.house.withdrawn_at = now
    visit.house.withdrawn_because = "Đã bán"
    visit.house.save()
    visit.house.rooms.update(withdrawn_at=now)

    answer = send(visit, pack(document(visit)))

    assert answer.status_code == 201
    assert answer.json()["flags"] == [
        "visit_withdrawn",
        "house_withdrawn",
        "room_withdrawn",
    ]


def test_work_of_somebody_whose_role_has_ended_is_kept(visit, send):
    membership = visit.inspector.memberships.get()
    membership.ended_at, membership.ended_by = clock.now(), staff(Role.ADMINISTRATOR)
    membership.save()

    answer = send(visit, pack(document(visit)))

    assert answer.json()["flags"] == ["no_role"]


def test_visit_with_an_older_checklist_is_kept_as_such(visit, send):
    older = PublishedVersionFactory(
        state="retired", retired_at=clock.now(), checklist=visit.version.checklist
    )
    sent = document(visit, version=older.number)

    answer = send(visit, pack(sent))

    visit.refresh_from_db()
    assert answer.json()["flags"] == ["other_version"]
    assert visit.version == older


# --- unplanned ---------------------------------------------------------------------------


def begun_on_the_tablet(house, inspector):
    version = PublishedVersionFactory()
    return VisitFactory.build(
        house=house, inspector=inspector, version=version, planned_by=None
    )


def test_unplanned_visit_is_made_by_its_pack(send):
    house = RoomFactory().house
    inspector = staff(Role.INSPECTOR, house.commune)
    begun = begun_on_the_tablet(house, inspector)

    answer = send(begun, pack(document(begun)))

    visit = Visit.objects.get()
    assert answer.json()["flags"] == ["unplanned"]
    assert visit.pk == begun.pk
    assert visit.inspector == inspector
    assert visit.version == begun.version
    assert visit.planned_by is None


def test_unplanned_visit_to_a_house_that_was_withdrawn_is_kept(send):
    house = RoomFactory().house
    begun = begun_on_the_tablet(house, staff(Role.INSPECTOR, house.commune))
    withdraw_house(house=house, because="Đã bán", by=house.landlord.user)

    answer = send(begun, pack(document(begun)))

    assert answer.status_code == 201
    assert answer.json()["flags"] == ["house_withdrawn", "unplanned"]
    assert Visit.objects.get().received_at


def test_unplanned_visit_needs_the_role_in_the_commune(send):
    house = RoomFactory().house
    begun = begun_on_the_tablet(house, staff(Role.INSPECTOR, OtherCommuneFactory()))

    answer = send(begun, pack(document(begun)))

    assert answer.status_code == 404
    assert not Visit.objects.exists()


# --- who may not -------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_sends_the_inspectors_visit(visit, send, role):
    answer = send(visit, pack(document(visit)), by=staff(role))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not Submission.objects.exists()


def test_pack_asks_to_sign_in(visit, client):
    answer = client.put(f"/api/v1/visits/{visit.pk}/pack", b"", content_type=MEDIA_TYPE)

    assert answer.status_code == 401


def test_inspector_tied_to_the_house_is_refused(visit, send):
    TieFactory(house=visit.house, inspector=visit.inspector)

    answer = send(visit, pack(document(visit)))

    assert (answer.status_code, answer.json()["code"]) == (409, "tied")


# --- what is refused ---------------------------------------------------------------------


def test_another_media_type_is_refused(visit, send):
    answer = send(visit, pack(document(visit)), **{"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (
        415,
        "unsupported_media_type",
    )


def test_length_has_to_be_told(visit, client, rf):
    client.force_login(visit.inspector)

    answer = client.put(
        f"/api/v1/visits/{visit.pk}/pack",
        pack(document(visit)),
        content_type=MEDIA_TYPE,
        CONTENT_LENGTH="",
    )

    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")


class Unread:
    """A body that must not be touched."""

    def read(self, *_):
        raise AssertionError("read")


def test_too_long_a_pack_is_refused_before_it_is_read(visit):
    with pytest.raises(reading.Refused) as refused:
        reading.open_pack(Unread(), LIMITS.pack + 1)

    assert (refused.value.status, refused.value.code) == (413, "too_large")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"photos": [{"size": LIMITS.photo + 1}]}, "photo"),
        ({"photos": [{"size": 1}] * (LIMITS.photos + 1)}, "photos"),
        ({"notes": "x" * LIMITS.document}, "document"),
    ],
)
def test_what_is_too_large_is_refused_by_its_manifest(visit, send, change, what):
    answer = send(visit, pack(document(visit) | change))

    assert answer.status_code == 413
    assert (answer.json()["code"], answer.json()["what"]) == ("too_large", what)


def framed(text):
    return len(text).to_bytes(4, "big") + text


@pytest.mark.parametrize(
    "body",
    [
        b"\x00\x00",
        b"\x00\x00\x00\x10{}",
        b"\x00\x00\x00\x00",
        framed(b"{"),
        framed(b"[]"),
        framed(b"null"),
        framed(b'{"photos": 1}'),
        framed(b'{"photos": [1]}'),
        framed(b'{"photos": [{"size": "1"}]}'),
        framed(b'{"photos": [{"size": -1}]}'),
        framed(b'{"photos": [{"size": true}]}x'),
        framed(b'{"photos": []}') + b"x",
        framed(b'{"photos": [{"size": 2}]}') + b"x",
        framed(b'{"photos": [], "n": NaN}'),
        framed(b'{"photos": [], "n": Infinity}'),
        framed(b'{"photos": [], "n": -Infinity}'),
        framed(b'{"photos": [], "n": 1e999}'),
        framed(b'{"photos": [], "n": ' + b"9" * 5000 + b"}"),
        framed(b'{"photos": [], "n": "\\u0000"}'),
        framed(b'{"photos": [], "\\u0000": 1}'),
        framed(b'{"photos": [], "n": "\\ud800"}'),
        framed(b'{"photos": [], "n": "\xed\xa0\x80"}'),
        framed(b'{"photos": [], "n": "\xff"}'),
        framed(b'{"photos": [], "n": ' + b"[" * 21 + b"]" * 21 + b"}"),
        framed(b'{"photos": [], "n": ' + b"[" * 99_999 + b"]" * 99_999 + b"}"),
        b"\x1f\x8b\x08\x00" + b"\x00" * 50,
    ],
)
def test_malformed_pack_is_refused(visit, send, body):
    answer = send(visit, body)

    assert answer.status_code in (400, 413)
    assert answer.json()["code"] in ("malformed", "too_large")
    assert not Submission.objects.exists()


def at(document, path, value):
    """The document with one value changed, or taken out if the value is `...`."""
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "told", "code"),
    [
        (["pack"], 2, "pack", "bad_value"),
        (["pack"], True, "pack", "bad_value"),
        (["visit"], SOME_ID, "visit", "bad_value"),
        (["revision"], 0, "revision", "bad_value"),
        (["revision"], "1", "revision", "bad_value"),
        (["revision"], ..., "revision", "missing"),
        (["house"], "ZZZZZZZ", "house", "bad_value"),
        (["house"], None, "house", "bad_value"),
        (["checklist"], "other", "version", "unknown_version"),
        (["version"], 99, "version", "unknown_version"),
        (["version"], 1.5, "version", "bad_value"),
        (["follow_up_of"], SOME_ID, "follow_up_of", "bad_value"),
        (["follow_up_of"], "x", "follow_up_of", "bad_value"),
        (["planned_for"], "21/11/2026", "planned_for", "bad_value"),
        (["started_at"], "2026-11-21T08:00:00+07:00", "started_at", "bad_value"),
        (["finished_at"], 5, "finished_at", "bad_value"),
        (["notes"], "x" * 5001, "notes", "bad_value"),
        (["notes"], None, "notes", "bad_value"),
        (["signatures"], {}, "signatures", "bad_value"),
        (["signatures"], [{"role": "tenant", "strokes": []}], "signatures[0]", ...),
        (
            ["signatures"],
            [{"role": "landlord", "strokes": [[[1, "2"]]]}],
            "signatures[0]",
            ...,
        ),
        (
            ["signatures"],
            [{"role": "landlord", "strokes": [[[1, 2]] * 20_001]}],
            "signatures",
            "too_many",
        ),
        (["house_part"], ..., "house_part", "not_an_object"),
        (["house_part"], [], "house_part", "not_an_object"),
        (["house_part", "facts"], ..., "house_part.facts", "not_an_object"),
        (["house_part", "facts", "floors"], "2", "house_part.facts.floors", "bad_fact"),
        (["house_part", "facts", "x"], 1, "house_part.facts.x", "unknown_fact"),
        (
            ["house_part", "answers", "XXX-01"],
            {"result": "pass"},
            "house_part.answers.XXX-01",
            "unknown_item",
        ),
        (
            ["house_part", "answers", "SEC-01"],
            {"result": "pass"},
            "house_part.answers.SEC-01",
            "unknown_item",
        ),
        (
            ["house_part", "answers", "FIR-01"],
            {"result": "perhaps"},
            "house_part.answers.FIR-01.result",
            "bad_result",
        ),
        (
            ["house_part", "answers", "FIR-01"],
            {"result": "repaired"},
            "house_part.answers.FIR-01.result",
            "bad_result",
        ),
        (["rooms"], {}, "rooms", "not_a_list"),
        (["rooms"], None, "rooms", "not_a_list"),
        (["rooms", 0, "id"], "nowhere", "rooms[0].id", "unknown_room"),
        (["rooms", 0, "id"], 5, "rooms[0].id", "bad_room"),
        (["rooms", 0, "people"], {"cats": 1}, "rooms[0].people", "bad_value"),
        (["rooms", 0, "people"], {"women": -1}, "rooms[0].people", "bad_value"),
        (
            ["rooms", 0, "answers", "SPC-01"],
            {"number": "12"},
            "rooms[0].answers.SPC-01.number",
            "bad_number",
        ),
    ],
)
def test_answers_that_no_tablet_makes_are_refused(visit, send, path, value, told, code):
    body = pack(at(document(visit), path, value))

    answer = send(visit, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_answers")
    problem = answer.json()["problems"][0]
    assert problem["path"] == told
    assert code in (..., problem["code"])
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "x"}, "id"),
        ({"sha256": "ABC"}, "sha256"),
        ({"item": "XXX-01"}, "item"),
        ({"item": None}, "item"),
        ({"room": "nowhere"}, "room"),
        ({"taken_at": "today"}, "taken_at"),
    ],
)
def test_manifest_of_a_photo_is_checked(visit, send, change, told):
    answer = send(visit, with_photos(document(visit), photo(**change)))

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["path"] == f"photos[0].{told}"


def test_two_photos_need_two_ids(visit, send):
    one = photo()
    other = photo(id=one.manifest["id"])

    answer = send(visit, with_photos(document(visit), one, other))

    assert answer.json()["problems"] == [{"path": "photos[1].id", "code": "bad_value"}]


def test_photo_with_another_hash_is_refused(visit, send):
    damaged = photo()
    body = bytearray(with_photos(document(visit), damaged))
    body[-1] ^= 1

    answer = send(visit, bytes(body))

    assert (answer.status_code, answer.json()["code"]) == (422, "photo_mismatch")
    assert answer.json()["photo"] == damaged.manifest["id"]
    assert answer.json()["announced"] == damaged.manifest["sha256"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + b"\x00" * 50,
        b"%PDF-1.7" + b"\x00" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\x00\x00\x00\x00WAVE" + b"\x00" * 50,
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50,
        b"\xff",
    ],
)
def test_what_is_no_picture_is_refused(visit, send, content):
    answer = send(visit, with_photos(document(visit), photo(content=content)))

    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_photo")


def test_empty_photo_is_refused(visit, send):
    answer = send(visit, with_photos(document(visit), photo(content=b"")))

    assert answer.json()["problems"] == [
        {"path": "photos[0].size", "code": "bad_value"}
    ]


def test_full_disk_is_refused_and_nothing_is_kept(visit, send, monkeypatch, media):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(1000))

    answer = send(visit, with_photos(document(visit), photo()))

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert not Submission.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_disk_that_fills_up_meanwhile_is_refused(visit, send, monkeypatch, media):
    def full(file, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "_write_all", full)

    answer = send(visit, with_photos(document(visit), photo()))

    assert answer.status_code == 507
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("count", [1, 3])
def test_pack_query_count(client, count, django_assert_num_queries):
    house = HouseFactory()
    RoomFactory.create_batch(count, house=house)
    visit = VisitFactory(house=house)
    sent = failing(visit)
    for room in sent["rooms"]:
        room["answers"]["SEC-01"] = {"result": "fail"}
    pictures = [photo("FIR-08") for _ in range(count)]
    body = with_photos(sent, *pictures)

    client.force_login(visit.inspector)

    with django_assert_num_queries(7):
        answer = client.put(
            f"/api/v1/visits/{visit.pk}/pack", body, content_type=MEDIA_TYPE
        )

    assert answer.status_code == 201
    assert json.loads(answer.content)["photos"] == count
