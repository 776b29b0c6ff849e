"""What tables of events and of printed copies say, for who has to account for them.

What is counted in several kinds (copies of each book, copies at each place) has a column
for each kind, so that every column can be summed.
"""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.states import STATES
from core.tables import Column
from core.templatetags.shown import day
from handbooks.models import Event, Movement, PrintRun, Question, Quiz, Stock
from handbooks.reprinting import standings


def event_columns(events: QuerySet[Event]) -> list[Column]:
    """Of `events.listed()`. Three queries, however many there are."""
    given = Movement.objects.given_by_book(events)
    asked = Counter(dict(Question.objects.by_event(events)))
    played = Counter(dict(Quiz.objects.played_by_event(events)))
    return [
        (_("Day"), attrgetter("held_on")),
        (_("The event"), attrgetter("title")),
        (_("Commune"), attrgetter("commune")),
        (_("Place"), attrgetter("place")),
        (_("Partners"), attrgetter("partners")),
        (_("Women"), attrgetter("women")),
        (_("Men"), attrgetter("men")),
        (_("Did not say"), attrgetter("not_said")),
        (_("People"), attrgetter("people")),
        (_("Copies given"), attrgetter("given")),
        *_of_each_kind(
            _("Given: %s"),
            ((event, f"{book} ({language})", n) for event, book, language, n in given),
        ),
        (_("Questions asked"), lambda event: asked[event.pk]),
        (_("Quiz sheets handed in"), lambda event: played[event.pk]),
    ]


def run_columns(runs: list[PrintRun]) -> list[Column]:
    """Of runs as listed. Nine queries at most, however many there are."""
    held = standings(runs)
    return [
        (_("Batch"), attrgetter("shown_number")),
        (_("Ordered on"), lambda run: timezone.localdate(run.ordered_at)),
        (_("Handbook"), attrgetter("edition.title")),
        (_("Language"), attrgetter("edition.volume.language")),
        (_("Format"), lambda run: run.source.get_format_display()),
        (_("Edition"), attrgetter("edition.number")),
        (_("Cover of"), lambda run: run.edition.cover and run.edition.cover.commune),
        (_("For whom"), _for_whom),
        (_("State"), lambda run: STATES[run.state].word),
        (_("Ordered"), attrgetter("copies")),
        (_("Arrived"), attrgetter("arrived")),
        (_("In stock"), attrgetter("left")),
        *_of_each_kind(_("Lies at: %s"), Stock.objects.by_place()),
        (_("Its text"), lambda run: _standing(run, held)),
        (_("Why"), lambda run: None if run.cancelled_at else held[run.pk].why),
    ]


def _of_each_kind(
    words: str, counted: Iterable[tuple[int, str, int]]
) -> Iterable[Column]:
    """From (a row's key, kind, how many), in the order in which the kinds come."""
    kinds: dict[str, Counter[int]] = {}
    for row, kind, number in counted:
        kinds.setdefault(kind, Counter())[row] += number
    for kind, numbers in kinds.items():
        yield words % kind, lambda row, numbers=numbers: numbers[row.pk]


def _for_whom(run):
    if run.event:
        return f"{run.event}, {day(run.event.held_on)}"
    return run.commune or _("for the store")


def _standing(run, held):
    return None if run.cancelled_at else STATES[held[run.pk].state].word
