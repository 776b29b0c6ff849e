"""Which sections a handbook has, and in which order; for all its languages at once."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import fold, nfc
from handbooks.models import Draft, Handbook, Language, Section

LONGEST_KEY = 60


@transaction.atomic
def add_section(
    *,
    handbook: Handbook,
    language: Language,
    by: User,
    title: str,
    pictogram: str = "",
    items: list[str] | None = None,
) -> Section:
    """A section at the end of a book. It has no text yet: her draft with the title waits."""
    handbook = _locked(handbook)
    title = nfc(title.strip())
    last = handbook.sections.order_by("-order").first()
    section = Section(
        handbook=handbook,
        slug=_free_key(handbook, title),
        order=last.order + 1 if last else 1,
        pictogram=pictogram,
        items=items or [],
    )
    section.full_clean()
    section.save()
    draft = Draft(section=section, language=language, person=by, title=title)
    draft.full_clean()
    draft.save()
    record("section.added", section, by=by, under=handbook, slug=section.slug)
    return section


@transaction.atomic
def change_section(
    *, section: Section, by: User, pictogram: str, items: list[str]
) -> Section:
    """What is not text: the sign at its head, and the items that lead to it."""
    section = Section.objects.select_for_update().get(pk=section.pk)
    section.pictogram, section.items = pictogram, items
    section.full_clean()
    section.save()
    record("section.changed", section, by=by, under=section.handbook, items=items)
    return section


@transaction.atomic
def order_sections(*, handbook: Handbook, slugs: list[str], by: User) -> None:
    """Put the standing sections in this order.

    Refused as `changed` if somebody has added or withdrawn one since she looked.
    """
    handbook = _locked(handbook)
    standing = {section.slug: section for section in handbook.sections.standing()}
    if sorted(slugs) != sorted(standing):
        raise Refused(
            "changed",
            _("Look at the list again: a section was added or withdrawn just now."),
        )
    for order, slug in enumerate(slugs, start=1):
        standing[slug].order = order
    Section.objects.bulk_update(standing.values(), ["order"])
    record("sections.ordered", handbook, by=by, slugs=slugs)


@transaction.atomic
def withdraw_section(*, section: Section, by: User) -> Section:
    """Leave a section out of all coming editions. Its texts stay, and it can come back."""
    section = Section.objects.select_for_update().get(pk=section.pk)
    if section.withdrawn_at:
        raise Refused("withdrawn", _("This section is withdrawn already."))
    section.withdrawn_at, section.withdrawn_by = clock.now(), by
    section.full_clean()
    section.save()
    record("section.withdrawn", section, by=by, under=section.handbook)
    return section


@transaction.atomic
def bring_back_section(*, section: Section, by: User) -> Section:
    section = Section.objects.select_for_update().get(pk=section.pk)
    if section.withdrawn_at is None:
        raise Refused("not_withdrawn", _("This section stands already."))
    section.withdrawn_at = section.withdrawn_by = None
    section.full_clean()
    section.save()
    record("section.brought_back", section, by=by, under=section.handbook)
    return section


def _locked(handbook: Handbook) -> Handbook:
    return Handbook.objects.select_for_update().get(pk=handbook.pk)


def _free_key(handbook: Handbook, title: str) -> str:
    """The address of a new section, made of its title; a number makes it another one."""
    wanted = slugify(fold(title))[: LONGEST_KEY - 4].strip("-") or "section"
    taken = set(handbook.sections.values_list("slug", flat=True))
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key
