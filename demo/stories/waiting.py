"""Houses without a certificate yet: somebody has still to come, to look or to repair."""

import contextlib

from core import jobs
from core.errors import Refused
from demo import answers, words
from demo.calendar import Story
from demo.life import EVENING, ON_THE_ROAD, Life
from demo.stories.usual import minor, minor_in_rooms, repaired_small
from inspections import actions as inspections
from inspections.models import Visit


def in_review(life: Life) -> Story:
    yield life.begin(14, 16)
    life.register()
    yield life.wait_until(6)
    visit = life.planned(life.random.randint(2, 5))
    yield life.wait_until(life.random.randint(1, 4), ON_THE_ROAD)
    in_rooms = minor_in_rooms(life)
    if life.plan.number % 2 == 0:
        in_rooms |= {1: {life.random.choice(answers.GRAVE_IN_ROOM)}}
    life.send(visit, failing=minor(life), in_rooms=in_rooms)
    if life.plan.number % 2 == 0:
        second_record(life, visit, in_rooms)


def second_record(life: Life, visit: Visit, in_rooms: dict[int, set[str]]) -> None:
    """From another tablet, and not the same: kept for the reviewer to compare."""
    with contextlib.suppress(Refused):
        life.send(visit, failing=minor(life), in_rooms=in_rooms)
    jobs.run_waiting("inspections.develop_photos")


def returned(life: Life) -> Story:
    """Sent back yesterday; it stands on the first inspector's tablet."""
    yield life.begin(12, 14)
    life.register()
    yield life.wait_until(6)
    visit = life.planned(3, inspector=life.inspector(0))
    yield life.wait_until(3, ON_THE_ROAD)
    received = life.send(visit, failing=minor(life))
    yield life.wait_until(1)
    inspections.return_submission(
        submission=received.submission,
        note=words.RETURNED,
        by=life.reviewer(received.visit),
    )


def returned_once(life: Life) -> Story:
    yield life.begin(60, 120)
    life.register()
    failing = minor(life)
    received = yield from life.visited(failing=failing)
    yield life.wait(1, 2)
    inspections.return_submission(
        submission=received.submission,
        note=words.RETURNED,
        by=life.reviewer(received.visit),
    )
    yield life.wait(1, 3, ON_THE_ROAD)
    again = life.send(received.visit, failing=failing, revision=2)
    yield life.wait(1, 3)
    life.decide(again)


def refused(life: Life) -> Story:
    """Not yet: what is grave is still open, and some of it overdue."""
    yield life.begin(55, 80)
    life.register()
    grave = set(life.random.sample(answers.GRAVE[1:], k=2)) | {"SEC-03"}
    received = yield from life.visited(failing=grave | set(answers.MINOR[2:5]))
    yield life.wait(1, 3)
    life.decide(received)
    yield life.wait_until(1)
    life.planned(
        life.random.randint(0, 3), follow=received.visit, inspector=life.inspector(0)
    )


def claimed(life: Life) -> Story:
    """Not yet; the landlord has repaired the small things, and nobody has looked."""
    yield life.begin(35, 45)
    life.register()
    received = yield from life.visited(
        failing={"FIR-05", "WOM-08", *answers.MINOR[:5]}, days=(2, 5)
    )
    yield life.wait(1, 3)
    life.decide(received)
    yield from repaired_small(life, received, not_fixed=1)
    yield life.wait_until(1, EVENING)
    small = [f for f in life.open_findings() if f.item in answers.DONE]
    life.claim(small)


def never_visited(life: Life) -> Story:
    """Registered lately; a visit comes to some of them today or in the next days."""
    yield life.begin(2, 20)
    life.register()
    yield life.wait_until(1)
    if life.plan.number % 3:
        life.planned(life.random.randint(0, 4), inspector=life.inspector(0))


def put_off(life: Life) -> Story:
    """The visit was called off, and a tie bars one inspector."""
    yield life.begin(12, 25)
    life.register()
    yield life.wait(1, 2)
    visit = life.planned(5)
    yield life.wait(2, 3)
    inspections.withdraw_visit(
        visit=visit, because=words.VISIT_OFF, by=life.office.coordinator
    )
    inspector = life.inspector(life.plan.number + 1)
    inspections.declare_tie(
        inspector=inspector, house=life.house, kind="neighbour", by=inspector
    )


def draft(life: Life) -> Story:
    """All but registered: the rooms are there, the photos are not."""
    yield life.begin(1, 12)
    life.draft()
    life.add_rooms()


def begun(life: Life) -> Story:
    """The address, and no rooms yet."""
    yield life.begin(1, 5)
    life.draft()
