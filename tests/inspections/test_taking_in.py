"""The first pack of a visit in one statement: it says what the act of many steps says."""

import io

import pytest
from django.test import Client

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


@pytest.fixture
def visit(client):
    visit = VisitFactory(house=RoomFactory().house)
    client.force_login(visit.inspector)
    return visit


def put(client, visit, body=None, **headers):
    path = f"/api/v1/visits/{visit.pk}/pack"
    body = pack(document(visit)) if body is None else body
    return client.put(path, body, content_type=MEDIA_TYPE, headers=headers)


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


def test_what_was_taken_in_first_can_be_followed_at_once(visit):
    looked = arrived(visit, pack(document(visit)))

    assert take_in_first(*looked)

    followed = looked[0].visit
    assert followed.received_at == Visit.objects.get(pk=visit.pk).received_at


def test_one_statement_writes_what_the_careful_way_writes(client, visit):
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
