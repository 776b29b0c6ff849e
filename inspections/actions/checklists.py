"""A checklist version: written as a draft, published for ever, retired."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from inspections import rules
from inspections.models import ChecklistVersion, Item
from reference.models import LegalReference

Json = dict[str, Any]
State = ChecklistVersion.State


@transaction.atomic
def load_checklist(*, document: Json, by: User | None = None) -> ChecklistVersion:
    """Have this document published; done before, it changes nothing.

    The same version with another document is refused: a version is published once.
    """
    version = ChecklistVersion.objects.filter(
        checklist=document.get("checklist", ""), number=document.get("version", 0)
    ).first()
    if version is None:
        version = new_draft(document=document, by=by)
    if version.document != document:
        message = _("Give the checklist a new version number: this one is taken.")
        raise Refused("version_taken", message)
    if version.state == State.DRAFT:
        version = publish_version(version=version, by=by)
    return version


@transaction.atomic
def new_draft(*, document: Json, by: User | None) -> ChecklistVersion:
    """Keep a document as a draft, with its items as rows that cite the law."""
    problems = rules.problems(document)
    if problems:
        message = _("Correct the checklist: %(problems)s")
        message %= {"problems": "; ".join(problems[:5])}
        raise Refused("checklist_problems", message, problems=problems)

    version = ChecklistVersion(
        checklist=document["checklist"], number=document["version"], document=document
    )
    version.full_clean()
    version.save()
    _write_items(version)
    record("checklist.drafted", version, by=by)
    return version


def _write_items(version: ChecklistVersion) -> None:
    items = [
        Item(
            version=version,
            code=item["code"],
            section=item["section"],
            scope=item["scope"],
            position=position,
        )
        for position, item in enumerate(version.document["items"])
    ]
    Item.objects.bulk_create(items)
    citations = [
        Item.citations.through(item=item, legalreference_id=key)
        for item in items
        for key in version.items[item.code]["citations"]
    ]
    _refuse_unknown_law({citation.legalreference_id for citation in citations})
    Item.citations.through.objects.bulk_create(citations)


def _refuse_unknown_law(keys: set[str]) -> None:
    known = LegalReference.objects.filter(key__in=keys).values_list("key", flat=True)
    unknown = sorted(keys - set(known))
    if unknown:
        message = _("Load the law first: %(keys)s")
        message %= {"keys": ", ".join(unknown)}
        raise Refused("unknown_law", message, keys=unknown)


@transaction.atomic
def publish_version(*, version: ChecklistVersion, by: User | None) -> ChecklistVersion:
    """Freeze a draft and ask it from now on; the version before it is retired."""
    version = _locked(version)
    if version.state != State.DRAFT:
        raise Refused("not_draft", _("This version is published already."))
    current = ChecklistVersion.objects.published().filter(checklist=version.checklist)
    for earlier in current:
        retire_version(version=earlier, by=by)

    version.state = State.PUBLISHED
    version.sha256 = version.hash()
    version.published_at = clock.now()
    version.published_by = by
    version.full_clean()
    version.save()
    record("checklist.published", version, by=by, sha256=version.sha256)
    return version


@transaction.atomic
def retire_version(*, version: ChecklistVersion, by: User | None) -> ChecklistVersion:
    """Plan no more visits with it. What was begun with it stays valid."""
    version = _locked(version)
    if version.state != State.PUBLISHED:
        raise Refused("not_published", _("Only a published version can be retired."))

    version.state = State.RETIRED
    version.retired_at = clock.now()
    version.retired_by = by
    version.save()
    record("checklist.retired", version, by=by)
    return version


def _locked(version: ChecklistVersion) -> ChecklistVersion:
    return ChecklistVersion.objects.select_for_update().get(pk=version.pk)
