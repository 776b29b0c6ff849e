import datetime as dt

import pytest

from certificates.actions import decide
from certificates.models import Undecided, waiting_results, waiting_submissions
from core import clock
from inspections.models import Return, RoomResult
from tests.certificates.factories import (
    RoomResultFactory,
    RoomVisitFactory,
    reviewer,
)
from tests.registry.factories import HouseFactory, RoomFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def refuse(result):
    return decide(
        submission=result.submission,
        room=result.room,
        outcome="refuse",
        reasons="Chưa xong.",
        by=reviewer(result.room.house),
    )


def undecided():
    return set(RoomResult.objects.filter(undecided__isnull=False))


def test_result_waits_until_it_is_decided():
    result = RoomResultFactory()
    assert list(waiting_results()) == [result]
    assert list(waiting_submissions()) == [result.submission]

    refuse(result)

    assert list(waiting_results()) == []
    assert not Undecided.objects.exists()


def test_visit_waits_as_long_as_one_of_its_rooms_does():
    rooms = RoomFactory.create_batch(2, house=HouseFactory())
    submission = RoomVisitFactory(room=rooms[0])
    first, second = (
        RoomResultFactory(room=room, submission=submission) for room in rooms
    )

    refuse(first)

    assert list(waiting_results()) == [second]
    assert list(waiting_submissions()) == [submission]


def test_decision_on_a_newer_visit_settles_the_older_ones_of_the_room():
    room = RoomFactory()
    RoomResultFactory(room=room, submission__visited_at=clock.now() - DAY)
    newer = RoomResultFactory(room=room)
    other = RoomResultFactory()
    assert set(waiting_results()) == {newer, other}

    refuse(newer)

    assert undecided() == {other}


def test_older_visit_that_arrives_after_the_decision_does_not_wait():
    room = RoomFactory()
    refuse(RoomResultFactory(room=room))

    late = RoomResultFactory(room=room, submission__visited_at=clock.now() - DAY)

    assert undecided() == {late}
    assert list(waiting_results()) == []


def test_what_was_sent_back_waits_again_with_its_next_revision():
    sent_back = RoomResultFactory()
    Return.objects.create(
        submission=sent_back.submission,
        note="Thiếu ảnh.",
        by=reviewer(sent_back.room.house),
    )
    assert list(waiting_results()) == []

    again = RoomResultFactory(
        room=sent_back.room,
        submission=RoomVisitFactory(visit=sent_back.submission.visit, revision=2),
    )

    assert list(waiting_results()) == [again]


@pytest.mark.parametrize("what", ["room", "house"])
def test_withdrawn_room_does_not_wait(what):
    result = RoomResultFactory()
    withdrawn = {"room": result.room, "house": result.room.house}[what]
    withdrawn.withdrawn_at, withdrawn.withdrawn_because = clock.now(), "Đã bán nhà"
    withdrawn.save()

    assert list(waiting_results()) == []


def test_pack_with_other_bytes_does_not_wait():
    RoomResultFactory(submission__accepted=False, submission__receipt="")

    assert list(waiting_results()) == []
