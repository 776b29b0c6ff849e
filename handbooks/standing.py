"""How far each book is, in each language: what is published, changed, behind, lit up.

The office's lists of books and of sections are made of this, in a fixed number of queries.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import User
from core import clock
from handbooks.alarms import Alarm, Alarms, alarms
from handbooks.models import (
    Comment,
    Draft,
    Edition,
    EditionSection,
    Revision,
    Section,
    Volume,
)


@dataclass
class Standing:
    """A section in one language."""

    section: Section
    text: Revision | None
    original: Revision | None  # None: this is the original
    is_new: bool  # not in the edition in force
    is_changed: bool  # otherwise than in it
    alarms: list[Alarm]
    drafts: list[Draft]
    comments: int

    @property
    def is_missing(self) -> bool:
        return self.text is None

    @property
    def is_behind(self) -> bool:
        return bool(
            self.text and self.original and self.text.follows_id != self.original.pk
        )

    @property
    def title(self) -> str:
        if self.text:
            return self.text.title
        return self.original.title if self.original else self.section.slug

    @property
    def states(self) -> list[str]:
        """Keys of core/states.py, what matters most first."""
        marks = {
            "lit": self.alarms,
            "missing": self.is_missing,
            "behind": self.is_behind,
            "new": self.is_new and not self.is_missing,
            "changed": self.is_changed,
        }
        return [key for key, holds in marks.items() if holds] or ["as_published"]


@dataclass
class Shelf:
    """A volume with all its sections."""

    volume: Volume
    edition: Edition | None = None
    prepared: Edition | None = None
    sections: list[Standing] = field(default_factory=list)
    gone: int = 0  # in the edition in force, withdrawn since

    @property
    def changes(self) -> int:
        moved = sum(one.is_changed or one.is_new for one in self._written)
        return moved + self.gone if self.edition else len(self._written)

    @property
    def _written(self) -> list[Standing]:
        return [one for one in self.sections if one.text]

    @property
    def behind(self) -> int:
        return sum(one.is_behind for one in self.sections)

    @property
    def missing(self) -> int:
        return sum(one.is_missing for one in self.sections)

    @property
    def lit(self) -> int:
        return sum(bool(one.alarms) for one in self.sections)

    @property
    def comments(self) -> int:
        return sum(one.comments for one in self.sections)

    @property
    def people(self) -> list[User]:
        """Who has a text open, each once."""
        found = {d.person_id: d.person for one in self.sections for d in one.drafts}
        return sorted(found.values(), key=str)


def shelves(volumes: Iterable[Volume], known: Alarms | None = None) -> list[Shelf]:
    """Thirteen queries, however many volumes and sections there are."""
    volumes = list(volumes)
    facts = _Facts(volumes, known or alarms(clock.today()))
    return [facts.shelf(volume) for volume in volumes]


class _Facts:
    def __init__(self, volumes: list[Volume], known: Alarms) -> None:
        books = {volume.handbook_id for volume in volumes}
        self.lit = known.by_text
        self.sections: dict[str, list[Section]] = defaultdict(list)
        for section in Section.objects.standing().filter(handbook__in=books):
            self.sections[section.handbook_id].append(section)
        originals = Volume.objects.filter(handbook__in=books, is_original=True)
        self.originals = dict(originals.values_list("handbook", "language"))
        texts = Revision.objects.current().filter(section__handbook__in=books)
        self.texts = {
            (text.section_id, text.language_id): text for text in texts.defer("body")
        }
        self._read_editions(volumes)
        self._read_work(books)

    def _read_editions(self, volumes: list[Volume]) -> None:
        current = Edition.objects.current().filter(volume__in=volumes)
        prepared = Q(state=Edition.State.PREPARED, cover=None)
        rows = Edition.objects.filter(
            Q(pk__in=current.values("pk")) | prepared, volume__in=volumes
        )
        rows = rows.select_related("prepared_by").defer("html", "imprint", "contents")
        self.editions: dict[tuple[int, bool], Edition] = {
            (row.volume_id, row.state == Edition.State.PREPARED): row for row in rows
        }
        self.published: dict[int, dict[int, int]] = defaultdict(dict)
        in_editions = EditionSection.objects.filter(edition__in=current)
        for volume, section, revision in in_editions.values_list(
            "edition__volume", "section", "revision"
        ):
            self.published[volume][section] = revision

    def _read_work(self, books: set[str]) -> None:
        self.drafts: dict[tuple[int, str], list[Draft]] = defaultdict(list)
        drafts = Draft.objects.filter(section__handbook__in=books)
        for draft in drafts.select_related("person").defer("body"):
            self.drafts[draft.section_id, draft.language_id].append(draft)
        comments = Comment.objects.filter(section__handbook__in=books, settled_at=None)
        self.comments = Counter(comments.values_list("section", "language"))

    def shelf(self, volume: Volume) -> Shelf:
        sections = self.sections[volume.handbook_id]
        published = self.published[volume.pk]
        return Shelf(
            volume,
            self.editions.get((volume.pk, False)),
            self.editions.get((volume.pk, True)),
            [self._standing(volume, section) for section in sections],
            len(set(published) - {section.pk for section in sections}),
        )

    def _standing(self, volume: Volume, section: Section) -> Standing:
        key = (section.pk, volume.language_id)
        text = self.texts.get(key)
        published = self.published[volume.pk]
        said = published.get(section.pk)
        original = None
        if not volume.is_original:
            language = self.originals.get(volume.handbook_id, "")
            original = self.texts.get((section.pk, language))
        return Standing(
            section=section,
            text=text,
            original=original,
            is_new=said is None and text is not None,
            is_changed=bool(said and text and said != text.pk),
            alarms=self.lit.get(key, []),
            drafts=self.drafts.get(key, []),
            comments=self.comments.get(key, 0),
        )
