"""What may become of a house in a year. Each is a story of acts with days between them."""

from collections.abc import Callable
from random import Random

from certificates import actions as certificates
from demo import answers, words
from demo.calendar import Story
from demo.life import EVENING, ON_THE_ROAD, Life, Received
from inspections import actions as inspections
from registry import actions as registry


def minor(life: Life, most: int = 3) -> set[str]:
    """A few small things of the house, and what follows from its prices."""
    found = set(life.random.sample(answers.MINOR, k=life.random.randint(0, most)))
    prices = [run.fields["electricity_price"] or 0 for run in life.plan.runs]
    if any(2800 < price < 50_000 for price in prices):
        found.add("TEN-02")
    return found | ({"WOM-06"} if life.plan.number % 4 == 1 else set())


def minor_in_rooms(life: Life) -> dict[int, set[str]]:
    return {
        number: {life.random.choice(answers.MINOR_IN_ROOM)}
        for number in range(len(life.rooms))
        if life.random.random() < 0.25
    }


def certified(life: Life, fewest: int, most: int) -> Story:
    """The usual way, which most stories begin with; gives what was received."""
    yield life.begin(fewest, most)
    life.register()
    received = yield from life.visited(
        failing=minor(life), in_rooms=minor_in_rooms(life)
    )
    yield life.wait(1, 4)
    life.decide(received)
    return received


def repaired_small(life: Life, received: Received, *, not_fixed: int = 0) -> Story:
    """What a photo can show is repaired and looked at."""
    yield life.wait(3, 20, EVENING)
    small = [f for f in life.open_findings() if f.item in answers.DONE]
    repairs = life.claim(small[: life.random.randint(1, 6)])
    yield life.wait(1, 5)
    life.verify(repairs, life.reviewer(received.visit), not_fixed=not_fixed)


def good(life: Life) -> Story:
    received = yield from certified(life, 60, 330)
    yield from repaired_small(life, received)
    yield life.wait_until(min(life.ago, life.random.randint(1, 12)), EVENING)
    life.offer()


def good_but_some(life: Life) -> Story:
    """One room is not in order, one is no longer let, one was not seen."""
    yield life.begin(90, 250)
    life.register()
    in_rooms = minor_in_rooms(life) | {0: {life.random.choice(answers.GRAVE_IN_ROOM)}}
    received = yield from life.visited(
        failing=minor(life), in_rooms=in_rooms, rooms=max(1, len(life.rooms) - 1)
    )
    yield life.wait(1, 4)
    life.decide(received)
    yield life.wait(10, 40, EVENING)
    if len(life.rooms) > 2:
        left = life.rooms.pop(1)
        registry.withdraw_room(room=left, because=words.ROOM_LEFT, by=life.owner)
    yield life.wait_until(min(life.ago, 5), EVENING)
    life.offer()


def conditional(life: Life) -> Story:
    yield life.begin(38, 50)
    life.register()
    received = yield from life.visited(failing=minor(life) | set(answers.MINOR[:4]))
    yield life.wait(1, 3)
    life.decide_with_condition(received)
    yield life.wait(2, 6, EVENING)
    life.offer()


def renewed(life: Life) -> Story:
    """With conditions at first; looked at again, a full certificate replaces it."""
    yield life.begin(100, 200)
    life.register()
    received = yield from life.visited(failing=minor(life) | set(answers.MINOR[:3]))
    yield life.wait(1, 3)
    life.decide_with_condition(received)
    yield from repaired_small(life, received)
    again = yield from life.followed(received.visit)
    yield life.wait(1, 3)
    life.decide(again)
    yield life.wait_until(min(life.ago, 4), EVENING)
    life.offer()


def expired(life: Life) -> Story:
    """Over a year ago; the next visit is planned for these days."""
    yield from certified(life, 396, 410)
    yield life.wait_until(1)
    life.planned(life.random.randint(0, 5), inspector=life.inspector(0))


def condition_expired(life: Life) -> Story:
    yield life.begin(120, 170)
    life.register()
    received = yield from life.visited(failing=minor(life) | set(answers.MINOR[:4]))
    yield life.wait(1, 3)
    life.decide_with_condition(received)


def danger(life: Life) -> Story:
    """Certified; a later visit finds the way out blocked, and all rooms rest at once."""
    yield from certified(life, 150, 300)
    yield life.wait_until(16)
    received = yield from life.visited(failing={"FIR-01", "WOM-05"}, days=(2, 4))
    if life.plan.number % 2:
        yield life.wait(1, 2)
        life.decide(received)


def danger_over(life: Life) -> Story:
    """The same; repaired within days, seen again, certified anew."""
    yield from certified(life, 180, 300)
    yield life.wait_until(life.random.randint(40, 60))
    received = yield from life.visited(failing={"FIR-01"}, days=(2, 4))
    yield life.wait(1, 2)
    life.decide(received)
    again = yield from life.followed(received.visit)
    yield life.wait(1, 3)
    life.decide(again)
    yield life.wait_until(min(life.ago, 6), EVENING)
    life.offer()


def danger_in_room(life: Life) -> Story:
    yield from certified(life, 150, 300)
    yield life.wait_until(20)
    in_rooms = {0: {"ELE-01"}, 1: {"FIR-03"}}
    received = yield from life.visited(in_rooms=in_rooms, days=(2, 4))
    yield life.wait(1, 2)
    life.decide(received)


def rested(life: Life) -> Story:
    """A person suspends two certificates; one of them is lifted again."""
    received = yield from certified(life, 90, 200)
    yield life.wait_until(12)
    by = life.reviewer(received.visit)
    resting = life.certificates()[:3]
    for certificate in resting:
        certificates.suspend(certificate=certificate, because=words.RESTED, by=by)
    yield life.wait(4, 6)
    for certificate in resting[1:2]:
        certificates.lift(certificate=certificate, because=words.LIFTED, by=by)


def revoked(life: Life) -> Story:
    received = yield from certified(life, 120, 250)
    yield life.wait(30, 60)
    by = life.reviewer(received.visit)
    for certificate in life.certificates()[:2]:
        certificates.revoke(certificate=certificate, because=words.REVOKED, by=by)


def in_review(life: Life) -> Story:
    yield life.begin(14, 16)
    life.register()
    yield life.wait_until(6)
    visit = life.planned(life.random.randint(2, 5))
    yield life.wait_until(life.random.randint(1, 4), ON_THE_ROAD)
    life.send(visit, failing=minor(life), in_rooms=minor_in_rooms(life))


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


def withdrawn(life: Life) -> Story:
    yield from certified(life, 150, 300)
    yield life.wait_until(life.random.randint(10, 40), EVENING)
    registry.withdraw_house(house=life.house, because=words.HOUSE_LEFT, by=life.owner)


def draft(life: Life) -> Story:
    """Begun and not yet finished; some have come as far as the rooms."""
    yield life.begin(1, 12)
    life.draft()
    if life.plan.number % 2:
        life.add_rooms()


# How many of each among sixty houses; the first of each comes before the second of any.
STORIES: dict[Callable[[Life], Story], int] = {
    good: 13,
    conditional: 5,
    renewed: 3,
    expired: 2,
    condition_expired: 2,
    danger: 4,
    danger_over: 2,
    danger_in_room: 2,
    rested: 2,
    revoked: 2,
    in_review: 4,
    returned: 2,
    returned_once: 2,
    refused: 3,
    claimed: 2,
    good_but_some: 2,
    never_visited: 3,
    put_off: 1,
    withdrawn: 1,
    draft: 3,
}
BY_NAME = {story.__name__: story for story in STORIES}


def names(houses: int, random: Random) -> list[str]:
    """A story for each house: one of every kind first, then in their proportion."""
    every = list(BY_NAME)
    rest = [
        story.__name__ for story, count in STORIES.items() for _ in range(count - 1)
    ]
    random.shuffle(rest)
    more = (houses - len(every) - len(rest)) or 0
    rest += random.choices(rest, k=max(0, more))
    return (every + rest)[:houses]
