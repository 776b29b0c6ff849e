"""What texts need, looked up: law, prices, other sections, pictures. A few queries in all.

One look-up serves all sections of a book and both media; for the same day and the same
tables it gives the same.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from core import icons
from handbooks import addresses, drawings, markup
from handbooks.models import Picture, Revision
from reference.models import AdministrativeUnit, LegalReference, Tariff, plain_tariff
from reference.rules import Tariff as PlainTariff

WEB, PRINT = "web", "print"
# The signs of our blocks, see handbooks/markup/writing.py.
SIGNS = ("info", "warning", "document")
_GIVEN = re.compile(r'src="given:(drawing|picture)-([a-z0-9-]+)"')


@dataclass(frozen=True)
class Known:
    """All that some texts of one language need on one day, for either medium."""

    language: str
    day: dt.date
    laws: Mapping[str, str]
    tariffs: Mapping[str, tuple[str, PlainTariff]]
    sections: frozenset[tuple[str, str]]
    uploads: Mapping[str, Picture]
    wanted: tuple[str, ...]  # names of pictures

    def for_web(self) -> markup.Facts:
        found = {key: addresses.section(*key, self.language) for key in self.sections}
        return self._facts(found, self._pictures(WEB), _signs(WEB))

    def for_print(self, book: str) -> markup.Facts:
        """Within a book a reader turns pages; another book is somewhere on the web."""
        found = {
            key: f"#{key[1]}"
            if key[0] == book
            else f"{settings.SITE_URL}{addresses.section(*key, self.language)}"
            for key in self.sections
        }
        return self._facts(found, self._pictures(PRINT), _signs(PRINT))

    def _facts(self, found, pictures, signs) -> markup.Facts:
        return markup.Facts(
            language=self.language,
            day=self.day,
            laws=self.laws,
            tariffs=self.tariffs,
            sections=found,
            pictures=pictures,
            icons=signs,
        )

    def _pictures(self, medium: str) -> dict[str, str]:
        shown = {name: self._picture(name, medium) for name in self.wanted}
        return {name: picture for name, picture in shown.items() if picture}

    def _picture(self, name: str, medium: str) -> str | None:
        if name in drawings.names():
            if medium == WEB:
                return drawings.inside_page(name)
            return f'<img class="drawing" src="given:drawing-{name}" alt="{{alt}}">'
        if name in self.uploads:
            return _upload(self.uploads[name], medium)
        if name in icons.names():
            if medium == WEB:
                return _icon(name, 'role="img" aria-label="{alt}"', "icon-picture")
            return f'<img class="icon-picture" src="icon:{name}" alt="{{alt}}">'
        return None


def known(needs: Iterable[markup.Needs], *, language: str, day: dt.date) -> Known:
    """Look up what all these texts need; five queries at most."""
    needs = list(needs)
    tariffs = _tariffs({kind for need in needs for kind in need.tariffs}, day)
    keys = {key for need in needs for key in need.laws}
    for _key, tariff in tariffs.values():
        keys |= {tariff.citation, tariff.tenant_citation or tariff.citation}
    laws = LegalReference.objects.sure().in_force_on(day).in_bulk(keys)
    wanted = sorted({name for need in needs for name in need.pictures})
    names = set(wanted) - set(drawings.names())
    uploads = Picture.objects.filter(name__in=names) if names else []
    return Known(
        language=language,
        day=day,
        # A law of Viet Nam is called by its own name where we have no other words for it.
        laws={
            key: law.citation_in(language if language in addresses.OURS else "vi")
            for key, law in laws.items()
        },
        tariffs=tariffs,
        sections=_sections(language, any(need.sections for need in needs)),
        uploads={picture.name: picture for picture in uploads},
        wanted=tuple(wanted),
    )


def _sections(language, asked):
    """Every section that has a text in the language."""
    if not asked:
        return frozenset()
    rows = Revision.objects.filter(language=language, section__withdrawn_at=None)
    return frozenset(rows.values_list("section__handbook", "section__slug").distinct())


def _tariffs(kinds, day):
    """What holds where the pilot is: its province's tariff before the country's."""
    if not kinds:
        return {}
    provinces = AdministrativeUnit.objects.filter(pilot=True).values("parent")
    rows = (
        Tariff.objects.in_force_on(day)
        .filter(Q(place=None) | Q(place__in=provinces), kind__in=kinds)
        .order_by("-place_id")  # the country (null) first, so that a province wins
        .prefetch_related("tiers")
    )
    return {row.kind: (row.pk, plain_tariff(row, row.tiers.all())) for row in rows}


def _signs(medium):
    if medium == PRINT:
        return {name: f'<img class="sign" src="icon:{name}" alt="">' for name in SIGNS}
    return {name: _icon(name, 'aria-hidden="true"', "sign") for name in SIGNS}


def _icon(name, attributes, also):
    drawing = icons.drawing(name)
    return f'<svg class="icon {also}" viewBox="0 0 24 24" {attributes}>{drawing}</svg>'


def _upload(picture, medium):
    if medium == PRINT:
        return f'<img src="given:picture-{picture.name}" alt="{{alt}}">'
    address = reverse("handbooks:picture", args=[picture.pk, picture.sha256[:12]])
    return (
        f'<img src="{address}" alt="{{alt}}" loading="lazy"'
        f' width="{picture.width}" height="{picture.height}">'
    )


def section_icon(name: str, medium: str) -> str:
    """The pictogram of a section's opening; it says nothing that its title does not."""
    if name not in icons.names():
        return ""
    if medium == PRINT:
        return f'<img class="pictogram" src="icon:{name}?0a5c60" alt="">'
    return _icon(name, 'aria-hidden="true"', "pictogram")


def given_pictures(html: str) -> dict[str, bytes]:
    """What a document for printing shows, by the names that core.pdf asks for."""
    given = {}
    for kind, name in set(_GIVEN.findall(html)):
        key = f"{kind}-{name}"
        if kind == "drawing":
            given[key] = drawings.file(name)
        else:
            with Picture.objects.get(name=name).large.open() as file:
                given[key] = file.read()
    return given
