"""What the next edition of a volume would say otherwise, and what forbids it."""

from dataclasses import dataclass

from core import clock
from handbooks.actions.freezing import freeze, texts_of
from handbooks.markup import Problem
from handbooks.models import Edition, Revision, Volume


@dataclass(frozen=True)
class Change:
    what: str  # added, changed, gone, facts (the law or a price in it moved)
    slug: str
    title: str
    number: int = 0  # of the text now
    since: int = 0  # of the text that is published


@dataclass(frozen=True)
class Outlook:
    current: Edition | None
    changes: list[Change]
    problems: list[tuple[Revision, list[Problem]]]
    imprint_problems: list[str]

    @property
    def is_clear(self) -> bool:
        return not (self.problems or self.imprint_problems)


def outlook(volume: Volume) -> Outlook:
    """Made as an edition is made, and not kept."""
    texts = texts_of(volume)
    frozen = freeze(volume, texts, number=0, code="", day=clock.today(), cover=None)
    current = Edition.objects.current().filter(volume=volume).defer("html").first()
    problems = [
        (section.revision, section.written.problems)
        for section in frozen.sections
        if section.written.problems
    ]
    told = sum(len(found) for _text, found in problems)
    return Outlook(
        current,
        _changes(current, frozen.sections),
        problems,
        list(frozen.problems[told:]),
    )


def _changes(current, sections):
    rows = current.sections.select_related("revision") if current else []
    before = {row.slug: row for row in rows.defer("html", "plain")} if current else {}
    found = []
    for section in sections:
        text = section.revision
        was = before.pop(text.section.slug, None)
        if was is None:
            found.append(Change("added", text.section.slug, text.title, text.number))
        elif was.sha256 != section.sha256:
            what = "facts" if was.revision_id == text.pk else "changed"
            since = was.revision.number
            slug = text.section.slug
            found.append(Change(what, slug, text.title, text.number, since))
    return found + [Change("gone", row.slug, row.title) for row in before.values()]
