"""Law and prices that end, and which texts rest on them: told before the day comes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from handbooks.models import Citation, Edition, Revision, Volume
from reference.citing import Cited, citing
from reference.models import LegalReference, Tariff

AHEAD = dt.timedelta(days=90)


@dataclass(frozen=True)
class Place:
    """A section in one language that says it."""

    book: str
    language: str
    volume: str  # its title and its language
    place: int  # of that volume on the shelf
    slug: str
    title: str
    in_text: bool  # in what is being written
    in_edition: bool  # in what is published


@dataclass
class Alarm:
    """A place in the law, or a tariff, that no longer holds from a day on."""

    key: str
    day: dt.date  # the first on which it does not hold
    words: str
    why: str
    successors: list[LegalReference] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    others: list[Cited] = field(default_factory=list)  # not of the handbooks


@dataclass(frozen=True)
class Alarms:
    """All alarms, the nearest first, and which of them light up which text."""

    all: list[Alarm]
    by_text: dict[tuple[int, str], list[Alarm]]  # section, language


def alarms(today: dt.date) -> Alarms:
    """Eight queries, however much is cited."""
    ending = {**_laws(today + AHEAD), **_tariffs(today + AHEAD)}
    others = citing({alarm.key for alarm in ending.values()})
    lit = _lit(ending)
    by_text: dict[tuple[int, str], list[Alarm]] = defaultdict(list)
    for key, places in lit.items():
        for (section, language), place in places.items():
            ending[key].places.append(place)
            by_text[section, language].append(ending[key])
    for alarm in ending.values():
        alarm.others = others.get(alarm.key, [])
    shown = [alarm for alarm in ending.values() if alarm.places or alarm.others]
    for alarm in shown:
        alarm.places.sort(key=lambda place: (place.place, place.title))
    return Alarms(sorted(shown, key=lambda alarm: (alarm.day, alarm.key)), by_text)


def _laws(horizon: dt.date) -> dict[str, Alarm]:
    rows = (
        LegalReference.objects.filter(
            Q(in_force__endswith__lte=horizon)
            | Q(replaced_by__in_force__startswith__lte=horizon)
        )
        .distinct()
        .prefetch_related("replaced_by")
    )
    return {f"law:{law.pk}": _law(law, horizon) for law in rows}


def _law(law: LegalReference, horizon: dt.date) -> Alarm:
    newer = [
        other
        for other in law.replaced_by.all()
        if other.in_force.lower and other.in_force.lower <= horizon
    ]
    days = [other.in_force.lower for other in newer]
    if law.in_force.upper:
        days.append(law.in_force.upper)
    why = _("is replaced") if newer else _("ends")
    return Alarm(law.pk, min(days), law.citation, why, newer)


def _tariffs(horizon: dt.date) -> dict[str, Alarm]:
    """A tariff that ends, or whose tax is known only until a day."""
    rows = Tariff.objects.filter(
        Q(in_force__endswith__lte=horizon) | Q(vat_until__lt=horizon)
    ).select_related("reference")
    return {f"tariff:{row.pk}": _tariff(row) for row in rows}


def _tariff(row: Tariff) -> Alarm:
    tax = row.vat_until and row.vat_until + dt.timedelta(days=1)
    days = [day for day in (row.in_force.upper, tax) if day]
    why = _("the tax in it changes") if min(days) == tax else _("ends")
    kind = row.get_kind_display()
    words = _("Price of %(what)s") % {"what": kind}
    return Alarm(row.pk, min(days), f"{words} · {row.reference.citation}", why)


def _lit(ending: Iterable[str]) -> dict[str, dict[tuple[int, str], Place]]:
    """Per alarm the texts that cite it: those being written and those published."""
    written, published = _cited(ending)
    found: dict[str, dict[tuple[int, str], dict]] = defaultdict(dict)
    for rows, where in ((published, "in_edition"), (written, "in_text")):
        for law, tariff, section, language, book, slug, title in rows:
            key = f"law:{law}" if law else f"tariff:{tariff}"
            known = found[key].setdefault((section, language), {})
            known.update(
                {"book": book, "language": language, "slug": slug, "title": title}
            )
            known[where] = True
    volumes = {
        (volume.handbook_id, volume.language_id): {
            "volume": f"{volume.title}, {volume.language}",
            "place": place,
        }
        for place, volume in enumerate(Volume.objects.shelf())
    }
    nowhere = {"in_text": False, "in_edition": False}
    return {
        key: {
            text: Place(**nowhere | facts | volumes[facts["book"], facts["language"]])
            for text, facts in texts.items()
        }
        for key, texts in found.items()
    }


def _cited(ending: Iterable[str]) -> tuple[Iterable[tuple], Iterable[tuple]]:
    """Law, tariff, section, language, book, slug and title: of what is being written, and of
    what is published.
    """
    laws = [key[4:] for key in ending if key.startswith("law:")]
    tariffs = [key[7:] for key in ending if key.startswith("tariff:")]
    cited = Citation.objects.filter(Q(law__in=laws) | Q(tariff__in=tariffs))
    written = cited.filter(
        revision__in=Revision.objects.current().filter(section__withdrawn_at=None)
    ).values_list(
        "law",
        "tariff",
        "revision__section",
        "revision__language",
        "revision__section__handbook",
        "revision__section__slug",
        "revision__title",
    )
    published = cited.filter(
        edition_section__edition__in=Edition.objects.current()
    ).values_list(
        "law",
        "tariff",
        "edition_section__section",
        "edition_section__edition__volume__language",
        "edition_section__section__handbook",
        "edition_section__slug",
        "edition_section__title",
    )
    return written, published
