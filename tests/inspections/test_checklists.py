import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import Role
from core.errors import Refused
from inspections.actions import (
    load_checklist,
    new_draft,
    publish_version,
    retire_version,
)
from inspections.models import ChecklistVersion, Item
from tests.accounts.factories import staff
from tests.inspections.factories import FIXTURE, SMALL, PublishedVersionFactory
from tests.reference.shipped import load_reference

pytestmark = pytest.mark.django_db
State = ChecklistVersion.State


def test_project_checklist_is_published_once():
    load_reference()

    for _ in range(2):
        call_command("load_checklist", verbosity=0)

    version = ChecklistVersion.objects.get()
    assert version.state == State.PUBLISHED
    assert version.published_by is None
    assert version.sha256 == version.hash()
    assert version.item_rows.count() == 68
    assert version.item_rows.get(code="FIR-01").citations.exists()


def test_project_checklist_needs_the_law():
    with pytest.raises(CommandError, match="law-55-2024-art-20"):
        call_command("load_checklist", verbosity=0)


def test_load_checklist_refuses_another_document_of_the_same_version():
    load_checklist(document=SMALL)

    with pytest.raises(Refused) as refused:
        load_checklist(document=SMALL | {"certificate_months": 12})

    assert refused.value.code == "version_taken"


def test_new_draft_refuses_what_the_rules_cannot_read():
    broken = json.loads(FIXTURE.read_text("utf-8")) | {"weights": {}}

    with pytest.raises(Refused) as refused:
        new_draft(document=broken, by=staff(Role.ADMINISTRATOR))

    assert refused.value.code == "checklist_problems"
    assert refused.value.details["problems"]


def test_publishing_retires_the_version_before():
    first = load_checklist(document=SMALL)
    by = staff(Role.ADMINISTRATOR)
    draft = new_draft(document=SMALL | {"version": 2}, by=by)

    second = publish_version(version=draft, by=by)

    first.refresh_from_db()
    assert (first.state, first.retired_by) == (State.RETIRED, by)
    assert (second.state, second.published_by) == (State.PUBLISHED, by)


@pytest.mark.parametrize("document", [json.loads(FIXTURE.read_text()), SMALL])
def test_tablet_is_sent_all_but_the_other_language_and_the_citations(document):
    sent = json.loads(ChecklistVersion(document=document).in_language("en"))

    for name in ("sections", "facts", "items"):
        columns = sent.pop(name)
        rows = [
            dict(zip(columns, row, strict=True))
            for row in zip(*columns.values(), strict=True)
        ]
        assert [without_null(row) for row in rows] == [
            without_null(in_english(row)) for row in document[name]
        ]
    assert sent == {name: document[name] for name in sent}
    assert document.keys() - sent.keys() == {"sections", "facts", "items"}


def in_english(part):
    if isinstance(part, list):
        return [in_english(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "en" in part:
        return part["en"]
    return {key: in_english(each) for key, each in part.items() if key != "citations"}


def without_null(row):
    return {name: value for name, value in row.items() if value is not None}


def test_publish_version_only_drafts():
    with pytest.raises(Refused) as refused:
        publish_version(version=PublishedVersionFactory(), by=None)

    assert refused.value.code == "not_draft"


def test_retire_version_only_published_ones():
    draft = new_draft(document=SMALL, by=None)

    with pytest.raises(Refused) as refused:
        retire_version(version=draft, by=None)

    assert refused.value.code == "not_published"


@pytest.mark.parametrize(
    "change",
    [
        {"document": {}},
        {"sha256": "0" * 64},
        {"number": 9},
        {"state": State.DRAFT, "published_at": None},
        {"state": State.RETIRED, "document": {}},
    ],
)
def test_database_freezes_a_published_version(change):
    version = load_checklist(document=SMALL)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ChecklistVersion.objects.filter(pk=version.pk).update(**change)


def test_database_keeps_a_published_version():
    version = load_checklist(document=SMALL)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ChecklistVersion.objects.filter(pk=version.pk)._raw_delete("default")


@pytest.mark.parametrize(
    "change",
    [
        lambda items: items.update(section="F"),
        lambda items: items.all()._raw_delete("default"),
        lambda items: items.create(code="NEW-01", section="B", scope="r", position=9),
    ],
)
def test_database_freezes_the_items_of_a_published_version(change):
    version = load_checklist(document=SMALL)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        change(version.item_rows)


def test_database_freezes_citations():
    load_reference()
    call_command("load_checklist", verbosity=0)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Item.citations.through.objects.all()._raw_delete("default")


def test_draft_may_be_thrown_away():
    draft = new_draft(document=SMALL, by=None)

    draft.delete()

    assert not ChecklistVersion.objects.exists()
