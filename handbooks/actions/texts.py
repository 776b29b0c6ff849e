"""Writing: drafts that are never lost, revisions that are never changed."""

import datetime as dt
from types import EllipsisType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import nfc
from handbooks import facts, markup
from handbooks.models import Citation, Draft, Language, Revision, Section, Volume


@transaction.atomic
def save_draft(
    *,
    section: Section,
    language: Language,
    by: User,
    title: str,
    summary: str,
    body: str,
    base: Revision | None,
    seen: dt.datetime | EllipsisType | None = ...,
) -> Draft:
    """Keep what somebody is writing, right or wrong; `base` is what she began from.

    `seen` is the time of the draft that she wrote on (None: there was none). Refused as
    `other_tab` if it has been kept anew since, so that one window of hers never wipes out
    what she wrote in another. Left out, the newest words win.
    """
    Section.objects.select_for_update().get(pk=section.pk)
    draft = Draft.objects.filter(section=section, language=language, person=by).first()
    if seen is not ... and seen != (draft and draft.saved_at):
        raise Refused(
            "other_tab",
            _("Compare first: you have changed this text in another window."),
        )
    draft = draft or Draft(section=section, language=language, person=by)
    draft.base = base
    draft.title, draft.summary, draft.body = nfc(title), nfc(summary), nfc(body)
    draft.saved_at = clock.now()
    draft.full_clean()
    draft.save()
    return draft


@transaction.atomic
def save_revision(
    *,
    section: Section,
    language: Language,
    by: User,
    title: str,
    summary: str,
    body: str,
    base: Revision | None,
    note: str = "",
    follows: Revision | None = None,
) -> Revision:
    """Make a text the section's current one in a language; her draft of it is done with.

    Refused as `conflict` if somebody has saved since `base`: then both texts are there to
    be looked at, and saving again with the newer one as `base` is deliberate. `follows` is
    the revision of the original that a translation says.
    """
    section = Section.objects.select_for_update().get(pk=section.pk)
    newest = section.text_in(language)
    _refuse_if_other(newest, base)
    revision = Revision(
        section=section,
        language=language,
        number=newest.number + 1 if newest else 1,
        title=nfc(title.strip()),
        summary=nfc(summary.strip()),
        body=_tidy(body),
        made_at=clock.now(),
        made_by=by,
        note=nfc(note.strip()),
        follows=_original(section, language, follows),
    )
    written = _written(section, language, revision.body)
    _refuse_faults(revision, written)
    revision.save()
    cite(written, revision=revision)
    Draft.objects.filter(section=section, language=language, person=by).delete()
    record("revision.saved", revision, by=by, under=section, number=revision.number)
    return revision


def _refuse_faults(revision: Revision, written: markup.Written) -> None:
    refuse_unseen_signs(title=revision.title, summary=revision.summary)
    revision.full_clean()
    if written.problems:
        raise ValidationError({"body": [str(found) for found in written.problems]})


def _refuse_if_other(newest: Revision | None, base: Revision | None) -> None:
    if newest != base:
        raise Refused(
            "conflict",
            _("Compare first: somebody else has saved this text in the meantime."),
            newest=newest and newest.pk,
        )


@transaction.atomic
def discard_draft(*, draft: Draft, by: User) -> None:
    """Give up what she has written and not saved; asked for by her alone."""
    record("draft.discarded", draft, by=by, under=draft.section)
    draft.delete()


@transaction.atomic
def restore_revision(
    *, revision: Revision, base: Revision | None, by: User
) -> Revision:
    """Make an earlier text the current one again, as a new revision of the same words."""
    return save_revision(
        section=revision.section,
        language=revision.language,
        by=by,
        title=revision.title,
        summary=revision.summary,
        body=revision.body,
        base=base,
        note=_("As it was in text %(number)d") % {"number": revision.number},
        follows=revision.follows,
    )


def problems_of(
    *, section: Section, language: Language, body: str
) -> list[markup.Problem]:
    """What would keep a text from being saved, line by line; for the editor's page."""
    return _written(section, language, _tidy(body)).problems


def refuse_unseen_signs(**words: str) -> None:
    """A title is no Markdown, and stands in lists: nothing in it turns what follows."""
    wrong = {name: text for name, text in words.items() if markup.has_unseen_sign(text)}
    if wrong:
        told = _(
            "Write this line anew: a sign in it cannot be seen or turns the words around."
        )
        raise ValidationError(dict.fromkeys(wrong, told))


def cite(written: markup.Written, **text: Any) -> None:
    """Note what a text rests on: a `revision` or an `edition_section`."""
    Citation.objects.bulk_create(
        [
            *(Citation(law_id=key, **text) for key in written.laws),
            *(Citation(tariff_id=key, **text) for key in written.tariffs),
        ]
    )


def _written(section: Section, language: Language, body: str) -> markup.Written:
    document = markup.read(body)
    known = facts.known([document.needs], language=language.pk, day=clock.today())
    book = section.handbook_id
    return markup.write(document, known.for_print(book), book=book, slug=section.slug)


def _tidy(body: str) -> str:
    """As it is stored: one kind of line end, no space at the ends of lines."""
    lines = nfc(body).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _original(
    section: Section, language: Language, follows: Revision | None
) -> Revision | None:
    """An original follows nothing; a translation follows a text of the original."""
    original = Volume.objects.get(handbook=section.handbook_id, is_original=True)
    if original.language_id == language.pk:
        return None
    fits = follows and (follows.section_id, follows.language_id) == (
        section.pk,
        original.language_id,
    )
    if not fits:
        raise Refused("no_original", _("Say which text of the original this follows."))
    return follows
