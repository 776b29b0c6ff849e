"""Whether printed copies still say what holds, or a reprint is needed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import clock
from core.templatetags.shown import day
from handbooks.alarms import Alarm, alarms
from handbooks.models import Edition, PrintRun


@dataclass(frozen=True)
class Standing:
    """Of a print run. `state` is a key of core/states.py; `why` is for people."""

    state: str  # holds, reprint (says otherwise now, or will soon), discard (withdrawn)
    why: str = ""

    @property
    def is_needed(self) -> bool:
        return self.state != "holds"


HOLDS = Standing("holds")


def standings(runs: Iterable[PrintRun]) -> dict[int, Standing]:
    """By run. Eight queries at most, however many runs; their editions come with them."""
    runs = list(runs)
    if not runs:
        return {}
    volumes = {run.edition.volume_id for run in runs}
    current = {
        edition.volume_id: edition
        for edition in Edition.objects.current()
        .filter(volume__in=volumes)
        .only("volume", "number", "published_on", "text_sha256")
    }
    lit = _lit()
    return {
        run.pk: _standing(run.edition, current.get(run.edition.volume_id), lit)
        for run in runs
    }


def _standing(edition, newest, lit) -> Standing:
    if edition.state == Edition.State.WITHDRAWN:
        return Standing(
            "discard",
            _("The edition is withdrawn: %s") % edition.withdrawn_because,
        )
    if (
        newest
        and newest.number > edition.number
        and newest.text_sha256 != edition.text_sha256
    ):
        words = _("Edition %(number)d of %(day)s says otherwise.")
        told = {"number": newest.number, "day": day(newest.published_on)}
        return Standing("reprint", words % told)
    if alarm := lit.get((edition.volume.handbook_id, edition.volume.language_id)):
        words = _("Its law changes on %(day)s: %(law)s")
        return Standing("reprint", words % {"day": day(alarm.day), "law": alarm.words})
    return HOLDS


def _lit() -> dict[tuple[str, str], Alarm]:
    """Of each published book in each language the alarm that is nearest."""
    found: dict[tuple[str, str], Alarm] = {}
    for alarm in alarms(clock.today()).all:
        for place in alarm.places:
            if place.in_edition:
                found.setdefault((place.book, place.language), alarm)
    return found
