"""The texts that come with the program, loaded once; afterwards they are the editors'.

handbooks/text/<book>/book.<language>.md          the volume itself
handbooks/text/<book>/<NN>-<slug>.<language>.md   a section
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from core import clock
from core.models import record
from core.text import nfc
from handbooks import facts, markup
from handbooks.actions.texts import cite
from handbooks.models import Handbook, Language, Revision, Section, Volume

FOLDER = settings.BASE_DIR / "handbooks" / "text"
ORIGINAL = "vi"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
BOOKS = {
    "workers": Handbook.Kind.BOOK,
    "landlords": Handbook.Kind.BOOK,
    "inspectors": Handbook.Kind.BOOK,
    "leaflet": Handbook.Kind.LEAFLET,
    "poster": Handbook.Kind.POSTER,
    "card": Handbook.Kind.CARD,
}
_NAME = re.compile(r"(\d\d)-([a-z0-9-]+)\.([a-z-]+)\.md")
_HEAD = re.compile(r"([a-z]+):[ \t]*(.*)")


@dataclass(frozen=True)
class File:
    book: str
    order: int
    slug: str
    language: str
    head: dict[str, str]
    body: str


class BadFile(Exception):
    """A shipped text is not in the form that docs/reference/handbook-markup.md tells."""


def read_file(path: Path) -> tuple[dict[str, str], str]:
    """The head, line by line, and the body of a shipped text."""
    head, line, body = nfc(path.read_text(encoding="utf-8")).partition("\n---\n")
    if not line:
        raise BadFile(f"{path.name}: no line --- between head and body.")
    found = [_HEAD.fullmatch(entry) for entry in head.strip().split("\n")]
    if None in found:
        raise BadFile(f"{path.name}: a line of the head is not `name: words`.")
    return {entry[1]: entry[2].strip() for entry in found if entry}, body.strip() + "\n"


def files(folder: Path = FOLDER) -> list[File]:
    """All sections, the original language first."""
    found = []
    for path in sorted(folder.glob("*/[0-9]*.md")):
        name = _NAME.fullmatch(path.name)
        if name is None or path.parent.name not in BOOKS:
            raise BadFile(f"{path.parent.name}/{path.name}: no name of a section.")
        order, slug, language = int(name[1]), name[2], name[3]
        found.append(File(path.parent.name, order, slug, language, *read_file(path)))
    return sorted(found, key=lambda file: file.language != ORIGINAL)


@transaction.atomic
def load_shipped(*, folder: Path = FOLDER) -> dict[str, int]:
    """Bring in the shipped texts. Safe to repeat, at every start of a new version.

    A text that somebody has edited here is left alone; one that nobody has touched gets
    the new version's words as its next revision.
    """
    _load_volumes(folder)
    texts = files(folder)
    sections = _load_sections(texts)
    made = _load_revisions(texts, sections)
    return {"sections": len(sections), "texts": len(texts), "new": made}


def _load_volumes(folder: Path) -> None:
    for order, (code, name) in enumerate(LANGUAGES.items(), start=1):
        Language.objects.get_or_create(
            code=code, defaults={"name": name, "order": order}
        )
    for order, (slug, kind) in enumerate(BOOKS.items(), start=1):
        for path in sorted((folder / slug).glob("book.*.md")):
            handbook, _ = Handbook.objects.get_or_create(
                slug=slug, defaults={"kind": kind, "order": order}
            )
            language = path.name.split(".")[1]
            head, body = read_file(path)
            Volume.objects.get_or_create(
                handbook=handbook,
                language_id=language,
                defaults={
                    "title": head["title"],
                    "subtitle": head.get("subtitle", ""),
                    "audience": head.get("audience", ""),
                    "imprint": body,
                    "is_original": language == ORIGINAL,
                },
            )


def _load_sections(texts: list[File]) -> dict[tuple[str, str], Section]:
    known = {
        (section.handbook_id, section.slug): section
        for section in Section.objects.all()
    }
    missing: dict[tuple[str, str], Section] = {}
    for text in texts:
        key = (text.book, text.slug)
        if key not in known and key not in missing:
            missing[key] = Section(
                handbook_id=text.book,
                slug=text.slug,
                order=text.order,
                pictogram=text.head.get("pictogram", ""),
                items=re.findall(r"[A-Z]+-\d+", text.head.get("items", "")),
            )
    Section.objects.bulk_create(missing.values())
    return known | missing


def _load_revisions(texts: list[File], sections: dict[tuple[str, str], Section]) -> int:
    newest = {
        (text.section_id, text.language_id): text for text in Revision.objects.current()
    }
    made = []
    for file in texts:
        section = sections[file.book, file.slug]
        now = newest.get((section.pk, file.language))
        if now and (now.made_by_id or _is_same(now, file)):
            continue
        original = newest.get((section.pk, ORIGINAL))
        follows = original if file.language != ORIGINAL else None
        revision = _revision(
            file, section, follows, number=now.number + 1 if now else 1
        )
        newest[section.pk, file.language] = revision
        made.append(revision)
    for revision in made:
        record("revision.shipped", revision, by=None, under=revision.section)
    _cite_all(made)
    return len(made)


def _is_same(revision: Revision, file: File) -> bool:
    return (revision.title, revision.summary, revision.body) == (
        file.head["title"],
        file.head.get("summary", ""),
        file.body,
    )


def _revision(
    file: File, section: Section, follows: Revision | None, *, number: int
) -> Revision:
    return Revision.objects.create(
        section=section,
        language_id=file.language,
        number=number,
        title=file.head["title"],
        summary=file.head.get("summary", ""),
        body=file.body,
        made_at=clock.now(),
        follows=follows,
    )


def _cite_all(revisions: list[Revision]) -> None:
    """What the new texts rest on, looked up once for each language."""
    for language in {revision.language_id for revision in revisions}:
        documents = {
            revision: markup.read(revision.body)
            for revision in revisions
            if revision.language_id == language
        }
        needs = [document.needs for document in documents.values()]
        known = facts.known(needs, language=language, day=clock.today())
        for revision, document in documents.items():
            section = revision.section
            written = markup.write(
                document,
                known.for_print(section.handbook_id),
                book=section.handbook_id,
                slug=section.slug,
            )
            cite(written, revision=revision)
