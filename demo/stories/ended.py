"""Certificates that rest, and certificates that end before their time."""

from certificates import actions as certificates
from demo import words
from demo.calendar import Story
from demo.life import EVENING, Life
from demo.stories.usual import certified
from registry import actions as registry


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


def withdrawn(life: Life) -> Story:
    yield from certified(life, 150, 300)
    yield life.wait_until(life.random.randint(10, 40), EVENING)
    registry.withdraw_house(house=life.house, because=words.HOUSE_LEFT, by=life.owner)
