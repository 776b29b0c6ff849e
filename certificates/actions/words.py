"""All that a certificate says, in both languages, as it is frozen on issue.

The page at the door, the sheet and the verification page show these words and add none,
so that a new template never changes what an old certificate says.
"""

import datetime as dt
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from certificates.rules import Tally
from core import codes
from core.templatetags.shown import day
from reference.models import AdministrativeUnit, LegalReference
from registry.models import Room

FORM = 1  # raise it when the keys below change; templates look at it


class Paper(NamedTuple):
    """The facts that a certificate puts into words."""

    room: Room
    number: str
    code: str
    period: tuple[dt.date, dt.date]  # first and last day
    conditional: bool
    days_seen: list[dt.date]
    tally: Tally
    checklist: dict[str, Any]


def words_of(paper: Paper) -> dict[str, Any]:
    law = _law(paper)
    facts = {
        "form": FORM,
        "number": paper.number,
        "code": paper.code,
        "room": paper.room.label,
        "house": paper.room.house.number,
        "from": paper.period[0].isoformat(),
        "until": paper.period[1].isoformat(),
        "conditional": paper.conditional,
        "women_mark": paper.tally.women_mark,
        "url": f"{settings.SITE_URL}/c/{paper.code}/",
        "typed": f"{urlsplit(settings.SITE_URL).netloc}/c",
        "seen_on": [seen.isoformat() for seen in paper.days_seen],
        "checklist": {
            "name": paper.checklist["checklist"],
            "version": paper.checklist["version"],
        },
        "counts": _counts(paper.tally),
    }
    texts = {
        language: _in_language(language, paper, law)
        for language, _name in settings.LANGUAGES
    }
    return facts | texts


def _law(paper: Paper) -> list[LegalReference]:
    """What the items rest on, in force and as far as it is known for sure."""
    keys = {key for line in paper.tally.lines for key in line.item["citations"]}
    known = LegalReference.objects.sure().in_force_on(paper.period[0])
    return list(known.filter(pk__in=keys).order_by("pk"))


def _counts(tally: Tally) -> dict[str, int]:
    return {
        "applying": tally.applying,
        "seen": tally.seen,
        "met": tally.met,
        "unseen": len(tally.unseen),
        "by_photo": tally.by_photo,
    }


def _in_language(
    language: str, paper: Paper, law: list[LegalReference]
) -> dict[str, Any]:
    with override(language):
        return (
            _headings(paper.room, paper.number, paper.period)
            | _validity(paper.period, paper.conditional)
            | _what_was_seen(paper.days_seen, paper.tally)
            | _labels()
            | {
                "sections": _sections(language, paper.checklist, paper.tally),
                "not_checked": [item["label"][language] for item in paper.tally.unseen],
                "law": [reference.citation_in(language) for reference in law],
            }
        )


def _headings(room: Room, number: str, period: tuple) -> dict[str, str]:
    house = room.house
    return {
        "registry": _("Registry of safe rented rooms"),
        "issuer": _("Women's Union"),
        "kind": _("Certificate"),
        "title": _("Safe rented room"),
        "room": _("Room %(label)s") % {"label": room.label},
        "house": _("House no. %(number)s") % {"number": codes.shown(house.number)},
        "place": capfirst(house.street_address),
        "commune": ", ".join(filter(None, _units(house.commune))),
        "issued": _("No. %(number)s · issued on %(day)s")
        % {"number": number, "day": day(period[0])},
    }


def _units(commune: AdministrativeUnit) -> list[str]:
    """The commune and its province, in the language of the moment."""
    return [str(commune), str(commune.parent) if commune.parent else ""]


def _validity(period: tuple, conditional: bool) -> dict[str, str]:
    return {
        "valid": _("Valid until the end of"),
        "until": day(period[1]),
        "condition": _(
            "With conditions: some repairs are still to be done and will be looked at."
        )
        if conditional
        else "",
    }


def _what_was_seen(days_seen: list[dt.date], tally: Tally) -> dict[str, str]:
    return {
        "seen": _(
            "An inspector of the Women's Union saw %(seen)d of %(applying)d points of the "
            "room and the house on %(days)s; %(met)d are met."
        )
        % {
            "seen": tally.seen,
            "applying": tally.applying,
            "met": tally.met,
            "days": _(" and ").join(day(seen) for seen in days_seen),
        },
        "unseen": _unseen(len(tally.unseen)),
        "by_photo": _by_photo(tally.by_photo),
        "women": _("Every point of women's privacy and safety is met")
        if tally.women_mark
        else "",
        "promise": _(
            "This paper says what was seen on that day. It promises no more than that."
        ),
    }


def _unseen(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)d point could not be seen.",
        "%(count)d points could not be seen.",
        count,
    ) % {"count": count}


def _by_photo(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)d repair was accepted on a photo.",
        "%(count)d repairs were accepted on photos.",
        count,
    ) % {"count": count}


def _labels() -> dict[str, str]:
    return {
        "check": _("Is it still valid? Scan this, or type the code at"),
        "compare": _("Compare the house number and the room number with the door."),
        "details": _("What was seen"),
        "column_section": _("Part"),
        "column_applying": _("Points"),
        "column_seen": _("Seen"),
        "column_met": _("Met"),
        "not_checked_title": _("What could not be seen"),
        "nothing_unseen": _("Everything that applies was seen."),
        "law_title": _("The points rest on"),
        "recommendation": _(
            "Where no law sets a limit, the limit is a recommendation of the project."
        ),
        "rights": _(
            "A certificate costs nothing. It takes no duty from the landlord and no right "
            "from the tenant."
        ),
        "danger": _("In danger: fire 114, police 113, ambulance 115."),
        "offline": _("For officers: checks without a network"),
    }


def _sections(language: str, checklist: dict, tally: Tally) -> list[dict[str, Any]]:
    rows = []
    for section in checklist["sections"]:
        part = tally.in_section(section["code"])
        if part.applying:
            rows.append(
                {
                    "code": section["code"],
                    "name": section["name"][language],
                    "applying": part.applying,
                    "seen": part.seen,
                    "met": part.met,
                }
            )
    return rows
