"""A volume as it reads today, frozen: the same texts, day and law give the same bytes."""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import icons
from core.text import fold
from handbooks import facts, markup
from handbooks.models import Cover, Revision, Volume


@dataclass(frozen=True)
class FrozenSection:
    revision: Revision
    web: str
    paper: str
    written: markup.Written
    sha256: str

    @property
    def plain(self) -> str:
        return markup.plain_words(self.paper)

    @property
    def search_text(self) -> str:
        words = f"{self.revision.title} {self.revision.summary} {self.plain}"
        return f" {fold(words)} "


@dataclass(frozen=True)
class Frozen:
    sections: tuple[FrozenSection, ...]
    contents: list[dict[str, str]]
    imprint: str
    html: str
    problems: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return _sha256(self.html)

    @property
    def text_sha256(self) -> str:
        return _sha256("\n".join(section.sha256 for section in self.sections))


def texts_of(volume: Volume) -> list[Revision]:
    """The current texts of a volume, in the order of its sections."""
    return list(
        Revision.objects.current()
        .filter(
            language=volume.language_id,
            section__handbook=volume.handbook_id,
            section__withdrawn_at=None,
        )
        .select_related("section")
        .order_by("section__order", "section__slug")
    )


def freeze(
    volume: Volume,
    texts: list[Revision],
    *,
    number: int,
    code: str,
    day: dt.date,
    cover: Cover | None,
) -> Frozen:
    """The volume made of these texts, with the law and the prices of a day."""
    with override(volume.language_id):
        documents = [markup.read(text.body) for text in texts]
        imprint_text = markup.read(volume.imprint)
        needs = [*(found.needs for found in documents), imprint_text.needs]
        known = facts.known(needs, language=volume.language_id, day=day)
        book = volume.handbook_id
        pairs = list(zip(texts, documents, strict=True))
        web, paper = known.for_web(), known.for_print(book)
        sections = tuple(_section(*pair, book, web, paper) for pair in pairs)
        own_words = markup.write(imprint_text, paper, book=book, slug="imprint")
        context = {
            "own_words": own_words.html,
            "number": number,
            "code": code,
            "day": day,
        }
        imprint = render_to_string("handbooks/print/_imprint.html", context)
        html = _document(volume, sections, imprint, code=code, cover=cover)
    return Frozen(
        sections=sections,
        contents=[_entry(section.revision) for section in sections],
        imprint=imprint,
        html=html,
        problems=_problems(sections, own_words),
    )


def _section(
    text: Revision,
    document: markup.Document,
    book: str,
    web: markup.Facts,
    paper: markup.Facts,
) -> FrozenSection:
    slug = text.section.slug
    on_paper = markup.write(document, paper, book=book, slug=slug)
    return FrozenSection(
        revision=text,
        web=markup.write(document, web, book=book, slug=slug).html,
        paper=on_paper.html,
        written=on_paper,
        sha256=_sha256(_said(text, on_paper.html)),
    )


def _said(text: Revision, html: str) -> str:
    """All words of a section, those for who cannot see a picture too. How they are shown
    may change with a version of the program; a printed copy is as right as before."""
    words = [text.title, text.summary, markup.plain_words(html)]
    return "\n".join([*words, *re.findall(r' alt="([^"]*)"', html)])


def pictogram_of(text: Revision) -> str:
    """Empty if it has none, or one that we no longer have."""
    name = text.section.pictogram
    return name if name in icons.names() else ""


def _entry(text: Revision) -> dict[str, str]:
    return {
        "slug": text.section.slug,
        "title": text.title,
        "summary": text.summary,
        "pictogram": pictogram_of(text),
    }


def _document(
    volume: Volume,
    sections: tuple[FrozenSection, ...],
    imprint: str,
    *,
    code: str,
    cover: Cover | None,
) -> str:
    context = {
        "volume": volume,
        "language": volume.language_id,
        "kind": volume.handbook.kind,
        "sections": [
            {
                "slug": section.revision.section.slug,
                "title": section.revision.title,
                "summary": section.revision.summary,
                "icon": facts.section_icon(
                    section.revision.section.pictogram, facts.PRINT
                ),
                "html": section.paper,
            }
            for section in sections
        ],
        "imprint": imprint,
        "code": code,
        "check_address": f"{settings.SITE_URL}/handbooks/check/{code}/",
        "logo": cover and cover.logo and cover.logo.name,
        "contacts": cover and cover.contacts.get(volume.language_id, ""),
    }
    return render_to_string("handbooks/print/book.html", context)


def _problems(
    sections: tuple[FrozenSection, ...], imprint: markup.Written
) -> tuple[str, ...]:
    found = [
        f"{section.revision.title}: {problem}"
        for section in sections
        for problem in section.written.problems
    ]
    return (*found, *(_("Imprint: %s") % problem for problem in imprint.problems))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
