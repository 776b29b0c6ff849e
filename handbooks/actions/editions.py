"""Publishing, by two people. What is published is frozen; what changes is a new edition."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, jobs
from core.errors import Refused
from core.models import record
from handbooks import ready
from handbooks.actions.freezing import (
    Frozen,
    FrozenSection,
    freeze,
    pictogram_of,
    texts_of,
)
from handbooks.actions.texts import cite
from handbooks.models import (
    Cover,
    Edition,
    EditionFile,
    EditionSection,
    Revision,
    Volume,
)
from handbooks.permissions import can_publish
from handbooks.printing import FORMATS

PRINTING = "handbooks.print_edition"


@transaction.atomic
def propose_edition(*, volume: Volume, by: User, cover: Cover | None = None) -> Edition:
    """Prepare the next edition of a volume from its current texts.

    With a commune's cover it is the published edition once more: the same words under
    another cover, with the same number.
    """
    volume = Volume.objects.select_for_update().get(pk=volume.pk)
    if volume.editions.filter(cover=cover, state=Edition.State.PREPARED).exists():
        raise Refused("already_prepared", _("Publish the prepared edition first."))
    texts, number = _texts_and_number(volume, cover)
    edition = Edition(
        volume=volume,
        cover=cover,
        number=number,
        code=_code(volume, number, cover),
        prepared_by=by,
        prepared_at=clock.now(),
    )
    frozen = _frozen(edition, texts)
    if frozen.problems:
        raise Refused(
            "texts_have_problems",
            _("Mend these texts first: %s") % " · ".join(frozen.problems[:5]),
            problems=list(frozen.problems),
        )
    _fill(edition, frozen)
    record("edition.proposed", edition, by=by, under=volume, code=edition.code)
    return edition


def _texts_and_number(
    volume: Volume, cover: Cover | None
) -> tuple[list[Revision], int]:
    if cover is None:
        texts = texts_of(volume)
        if not texts:
            raise Refused("no_texts", _("Write the sections first: there are none."))
        newest = volume.editions.common().order_by("-number").first()
        return texts, newest.number + 1 if newest else 1
    base = volume.editions.published().common().order_by("-number").first()
    if base is None:
        raise Refused("no_edition", _("Publish the text first, without a cover."))
    if volume.editions.filter(cover=cover, number=base.number).exists():
        raise Refused("has_cover", _("This edition has this cover already."))
    sections = base.sections.select_related("revision__section").order_by("order")
    return [section.revision for section in sections], base.number


def _code(volume: Volume, number: int, cover: Cover | None) -> str:
    parts = [volume.handbook_id, volume.language_id, str(number)]
    if cover:
        parts.append(f"C{cover.pk}")
    return "-".join(parts).upper()


def _frozen(edition: Edition, texts: list[Revision]) -> Frozen:
    return freeze(
        edition.volume,
        texts,
        number=edition.number,
        code=edition.code,
        day=clock.today(),
        cover=edition.cover,
    )


def _fill(edition: Edition, frozen: Frozen) -> None:
    """Put what was frozen into a prepared edition, in place of what was there."""
    volume = edition.volume
    edition.title, edition.subtitle = volume.title, volume.subtitle
    edition.audience = volume.audience
    edition.contents, edition.imprint = frozen.contents, frozen.imprint
    edition.html, edition.sha256 = frozen.html, frozen.sha256
    edition.text_sha256 = frozen.text_sha256
    edition.law_read_on = clock.today()
    edition.full_clean()
    edition.save()
    edition.sections.all().delete()
    for order, section in enumerate(frozen.sections, start=1):
        _keep_section(edition, order, section)


def _keep_section(edition: Edition, order: int, section: FrozenSection) -> None:
    text = section.revision
    kept = EditionSection.objects.create(
        edition=edition,
        section=text.section,
        revision=text,
        order=order,
        slug=text.section.slug,
        title=text.title,
        summary=text.summary,
        pictogram=pictogram_of(text),
        html=section.web,
        plain=section.plain,
        search_text=section.search_text,
        sha256=section.sha256,
    )
    cite(section.written, edition_section=kept)


@transaction.atomic
def publish_edition(*, edition: Edition, by: User) -> Edition:
    """Make a prepared edition public, with today's date, by somebody else; have it printed.

    Refused as `changed` if law or prices have moved since it was prepared: she would
    publish other words than those she has read.
    """
    edition = _locked(edition)
    if edition.state != Edition.State.PREPARED:
        raise Refused("not_prepared", _("Prepare an edition first."))
    if not can_publish(by, edition):
        raise Refused(
            "same_person", _("Ask a colleague: who prepared it cannot publish it.")
        )
    read = edition.text_sha256
    sections = edition.sections.select_related("revision__section").order_by("order")
    frozen = _frozen(edition, [section.revision for section in sections])
    if frozen.problems or frozen.text_sha256 != read:
        raise Refused(
            "changed",
            _("Prepare it anew: the law or a price in it has changed since."),
        )
    _fill(edition, frozen)
    edition.state = Edition.State.PUBLISHED
    edition.published_on, edition.approved_by = clock.today(), by
    edition.full_clean()
    edition.save()
    _have_it_printed(edition)
    record(
        "edition.published",
        edition,
        by=by,
        under=edition.volume,
        code=edition.code,
        sha256=edition.sha256,
    )
    transaction.on_commit(ready.forget)
    return edition


def _have_it_printed(edition: Edition) -> None:
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, format=form)
        for form in FORMATS[edition.volume.handbook.kind]
    )
    jobs.defer(PRINTING, edition=edition.pk)


@transaction.atomic
def take_back(*, edition: Edition, by: User) -> None:
    """Give up an edition that was prepared and not published; its number is free again."""
    edition = _locked(edition)
    if edition.state != Edition.State.PREPARED:
        raise Refused(
            "published", _("Withdraw it: a published edition stays on record.")
        )
    record(
        "edition.taken_back", edition, by=by, under=edition.volume, code=edition.code
    )
    edition.delete()


@transaction.atomic
def withdraw(*, edition: Edition, by: User, because: str) -> Edition:
    """Say that a published edition must no longer be used, and why. It is still there."""
    edition = _locked(edition)
    if edition.state != Edition.State.PUBLISHED:
        raise Refused("not_published", _("Only a published edition can be withdrawn."))
    if not because.strip():
        raise ValidationError({"because": _("Write why the edition is withdrawn.")})
    edition.state = Edition.State.WITHDRAWN
    edition.withdrawn_at, edition.withdrawn_by = clock.now(), by
    edition.withdrawn_because = because.strip()
    edition.full_clean()
    edition.save()
    record(
        "edition.withdrawn",
        edition,
        by=by,
        under=edition.volume,
        because=because.strip(),
    )
    transaction.on_commit(ready.forget)
    return edition


def _locked(edition: Edition) -> Edition:
    found = Edition.objects.select_for_update(of=["self"])
    return found.select_related("volume__handbook", "cover__logo").get(pk=edition.pk)
