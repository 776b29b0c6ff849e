"""What may become of a house in a year. Each is a story of acts with days between them."""

from collections.abc import Callable
from random import Random

from demo.calendar import Story
from demo.life import Life
from demo.stories import ended, usual, waiting

# How many of each among sixty houses; the first of each comes before the second of any.
STORIES: dict[Callable[[Life], Story], int] = {
    usual.good: 13,
    usual.conditional: 5,
    usual.renewed: 3,
    usual.expired: 2,
    usual.condition_expired: 2,
    ended.danger: 4,
    ended.danger_over: 2,
    ended.danger_in_room: 2,
    ended.rested: 2,
    ended.revoked: 2,
    waiting.in_review: 4,
    waiting.returned: 2,
    waiting.returned_once: 2,
    waiting.refused: 3,
    waiting.claimed: 2,
    usual.good_but_some: 2,
    waiting.never_visited: 3,
    waiting.put_off: 1,
    ended.withdrawn: 1,
    waiting.draft: 2,
    waiting.begun: 1,
}
BY_NAME = {story.__name__: story for story in STORIES}


def names(houses: int, random: Random) -> list[str]:
    """A story for each house: one of every kind first, then in their proportion."""
    every = list(BY_NAME)
    rest = [
        story.__name__ for story, count in STORIES.items() for _ in range(count - 1)
    ]
    random.shuffle(rest)
    more = houses - len(every) - len(rest)
    rest += random.choices(rest, k=max(0, more))
    return (every + rest)[:houses]
