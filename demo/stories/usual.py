"""The way that most houses go: registered, visited, certified, and what is small repaired."""

from demo import answers, words
from demo.calendar import Story
from demo.life import EVENING, MOST_ROOMS, Life, Received
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
        failing=minor(life),
        in_rooms=in_rooms,
        rooms=min(MOST_ROOMS, len(life.rooms)) - 1,
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
