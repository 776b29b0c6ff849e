"""A year in which many houses live at once: every act at its moment, in order of time."""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator

from core import clock

# A story names the moment of its next act, and acts when that moment has come.
Story = Iterator[dt.datetime]


def live(stories: Iterable[Story], *, until: dt.datetime) -> None:
    """What would come after `until` has not happened yet, and so does not happen."""
    waiting: list[tuple[dt.datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story)
    while waiting and waiting[0][0] <= until:
        moment, number, story = heapq.heappop(waiting)
        with clock.set_to(moment):
            _wait(waiting, number, story)


def _wait(waiting: list, number: int, story: Story) -> None:
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (moment, number, story))
