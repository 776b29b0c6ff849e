"""The quick way says what the usual way says, and lets nobody in whom that refuses."""

import io

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from core import clock, jobs
from core.models import Event
from inspections import pack as packs
from inspections.actions.arriving import look
from inspections.actions.receiving import _submission
from inspections.actions.taking_in import take_in_first
from inspections.models import EvidencePhoto, Finding, Submission, Visit
from inspections.pack import MEDIA_TYPE
from tests.inspections.factories import FindingFactory, VisitFactory, document, pack
from tests.inspections.test_api_pack import failing, photo, with_photos
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db
PASSED_BY = "Allow"  # a header that only the usual way sets


@pytest.fixture
def visit(client):
    visit = VisitFactory(house=RoomFactory().house)
    client.force_login(visit.inspector)
    return visit


def put(client, visit, body=None, **headers):
    path = f"/api/v1/visits/{visit.pk}/pack"
    body = pack(document(visit)) if body is None else body
    return client.put(path, body, content_type=MEDIA_TYPE, headers=headers)


def test_what_is_in_order_goes_the_quick_way(client, visit):
    answer = put(client, visit)

    assert answer.status_code == 201
    assert PASSED_BY not in answer.headers
    assert answer.headers["Content-Language"] == "vi"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_both_ways_answer_and_refuse_alike(client, visit, settings):
    bodies = [b"\0\0\0\x09nonsense", pack(document(visit, house="X")), b"\0"]
    good = pack(document(visit))
    quick = [put(client, visit, body) for body in [*bodies, good, good]]
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "Quick" not in m]
    client.handler.load_middleware()

    slow = [put(client, visit, body) for body in [*bodies, good]]

    assert [a.status_code for a in quick] == [400, 422, 400, 201, 200]
    assert [a.json() for a in slow] == [a.json() for a in [*quick[:3], quick[4]]]
    assert all(PASSED_BY in answer.headers for answer in slow)


def close_account(visit):
    User.objects.filter(pk=visit.inspector_id).update(is_active=False)


def change_password(visit):
    visit.inspector.set_password("một hai ba bốn năm")
    visit.inspector.save()


def end_session(visit):
    Session.objects.update(expire_date=clock.now())


@pytest.mark.parametrize("ends", [close_account, change_password, end_session])
def test_who_is_no_longer_signed_in_is_told_so(client, visit, ends):
    client.get("/api/v1/tablet/day/")

    ends(visit)
    answer = put(client, visit)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert not Submission.objects.exists()


def test_session_that_was_seen_before_is_asked_again(client, visit):
    put(client, visit)

    close_account(visit)
    again = put(client, visit)

    assert again.status_code == 401


def test_forged_request_is_refused(visit):
    client = Client(enforce_csrf_checks=True)
    client.force_login(visit.inspector)

    answer = put(client, visit)

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_without_second_factor_nothing_is_received(client, visit, settings):
    settings.STAFF_SECOND_FACTOR = True

    answer = put(client, visit)

    assert answer.status_code == 302
    assert not Submission.objects.exists()


def arrived(visit, body):
    received = packs.open_pack(io.BytesIO(body), len(body))
    arrival = look(visit.pk, received.document, clock.now(), visit.inspector)
    kept = packs.Kept("a" * 64, [], None)
    return (
        _submission(arrival, arrival.visit, received, kept, ""),
        arrival,
        received,
        kept,
    )


def another_finding(visit):
    FindingFactory(submission__visit__house=visit.house)


def another_pack(visit):
    put_client = Client()
    put_client.force_login(visit.inspector)
    put(put_client, visit, pack(document(visit, notes="another")))


def withdrawal(visit):
    visit.withdrawn_at, visit.withdrawn_by = clock.now(), visit.planned_by
    visit.save()


@pytest.mark.parametrize("comes", [another_finding, another_pack, withdrawal])
def test_what_comes_between_looking_and_writing_is_seen(visit, comes):
    looked = arrived(visit, pack(document(visit)))

    comes(visit)
    before = Submission.objects.count()

    assert looked[1].untouched
    assert take_in_first(*looked) is False
    assert Submission.objects.count() == before


def test_what_went_the_quick_way_can_be_followed_at_once(visit):
    looked = arrived(visit, pack(document(visit)))

    assert take_in_first(*looked)

    followed = looked[0].visit
    assert followed.received_at == Visit.objects.get(pk=visit.pk).received_at


def test_quick_way_writes_what_the_careful_way_writes(client, visit):
    other = VisitFactory(
        house=RoomFactory().house, inspector=visit.inspector, version=visit.version
    )
    # What is open there makes it go the careful way.
    FindingFactory(submission__visit__house=other.house, item="WOM-09")
    for each in (visit, other):
        sent = failing(each)
        sent["rooms"][0]["people"] = {"women": 1}
        put(
            client,
            each,
            with_photos(sent, photo(), photo("SEC-01", each.house.rooms.get().code)),
        )

    assert told(visit) == told(other)
    assert jobs.run_waiting() == 2


def told(visit):
    """Everything that was written of a visit, but for numbers, moments and places."""
    submission = visit.submissions.get(
        revision=1, sent_by=visit.inspector, size__gt=100
    )
    event = Event.objects.under(visit.house).filter(kind="visit.received").get()
    return {
        "submission": (submission.accepted, submission.flags, submission.merged),
        "results": [
            (r.outcome, r.overall, r.security, r.women, r.blocking, r.women_count)
            for r in submission.room_results.all()
        ],
        "findings": list(
            Finding.objects.filter(submission=submission).values_list(
                "item", "severity", "critical", "public_task", "closed_at", "closed_how"
            )
        ),
        "photos": list(
            EvidencePhoto.objects.filter(submission=submission)
            .order_by("offset")
            .values_list("item", "size", "small", "processed_at", "problem")
        ),
        "event": (event.by, sorted(event.data), event.data["opened"][0]["item"]),
    }
