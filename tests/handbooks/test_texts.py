"""Drafts and revisions."""

import pytest
from django.core.exceptions import ValidationError

from core.errors import Refused
from core.models import Event
from handbooks.actions import problems_of, save_draft, save_revision
from handbooks.models import Citation, Draft, Revision
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    RevisionFactory,
    VolumeFactory,
    editor,
    rewrite,
    volume_with,
)
from tests.reference.factories import (
    LegalReferenceFactory,
    TariffFactory,
    TariffTierFactory,
)

pytestmark = pytest.mark.django_db
WORDS = {"title": "Lối thoát", "summary": "", "body": "Một.\n"}


@pytest.fixture
def text():
    VolumeFactory()
    return RevisionFactory()


def draft_of(text, by, **changes):
    words = {**WORDS, "base": text, **changes}
    return save_draft(section=text.section, language=text.language, by=by, **words)


def save(text, by=None, **changes):
    words = {**WORDS, "base": text, **changes}
    return save_revision(
        section=text.section, language=text.language, by=by or editor(), **words
    )


def test_draft_is_kept_as_it_is_right_or_wrong(text):
    person = editor()

    draft_of(text, person, body="# sai\n::: gì\n")
    draft_of(text, person, body="# sai\n", title="")

    draft = Draft.objects.get()
    assert (draft.title, draft.body) == ("", "# sai\n")


def test_drafts_of_two_people_do_not_meet(text):
    draft_of(text, editor(), body="a")
    draft_of(text, editor(), body="b")

    assert set(Draft.objects.values_list("body", flat=True)) == {"a", "b"}


def test_revision_follows_the_last_and_ends_the_draft(text):
    person = editor()
    draft_of(text, person)

    revision = save(text, person, note="Ngắn hơn", body="Một.  \r\nHai.\n\n\n")

    assert revision.number == 2
    assert revision.body == "Một.\nHai.\n"
    assert text.section.text_in(text.language) == revision
    assert not Draft.objects.exists()
    event = Event.objects.get(kind="revision.saved")
    assert (event.by, event.data) == (person, {"number": 2})


def test_somebody_elses_text_in_between_is_not_written_over(text):
    theirs = save(text, body="Của họ.\n")
    mine = editor()
    draft_of(text, mine, body="Của tôi.\n")

    with pytest.raises(Refused) as refused:
        save(text, mine, body="Của tôi.\n")

    assert refused.value.code == "conflict"
    assert refused.value.details == {"newest": theirs.pk}
    assert Draft.objects.get().body == "Của tôi.\n"
    assert save(theirs, mine, body="Của cả hai.\n").number == 3


def test_text_with_problems_is_not_saved(text):
    with pytest.raises(ValidationError) as refused:
        save(text, body="Một\n\n# Hai\n\n[x](law:no-such)\n")

    lines = refused.value.message_dict["body"]
    assert [line[:7] for line in lines] == ["Dòng 3:", "Dòng 5:"]
    assert Revision.objects.count() == 1


def test_text_without_title_is_not_saved(text):
    with pytest.raises(ValidationError, match="title"):
        save(text, title=" ")


def test_editor_sees_problems_before_saving(text):
    found = problems_of(
        section=text.section, language=text.language, body="[x](section:nowhere)\n"
    )

    assert [(one.line, one.code) for one in found] == [(1, "unknown_section")]


def test_revision_notes_what_it_cites(text):
    law = LegalReferenceFactory(key="law-x")
    tariff = TariffFactory(reference=law)
    TariffTierFactory(tariff=tariff)

    revision = save(
        text, body="[Luật](law:law-x)\n\n::: prices electricity\nGiá.\n:::\n"
    )

    cited = Citation.objects.filter(revision=revision)
    assert {(one.law_id, one.tariff_id) for one in cited} == {
        ("law-x", None),
        (None, tariff.pk),
    }


def test_translation_follows_a_text_of_the_original(text):
    english = EnglishVolumeFactory().language
    words = {**WORDS, "section": text.section, "language": english, "base": None}

    with pytest.raises(Refused) as refused:
        save_revision(by=editor(), **words)
    translation = save_revision(by=editor(), follows=text, **words)

    assert refused.value.code == "no_original"
    assert translation.follows == text
    assert not translation.is_behind


def test_original_follows_nothing(text):
    assert save(text, follows=text).follows is None


def test_translation_is_behind_when_the_original_moves_on(text):
    english = EnglishVolumeFactory().language
    translation = RevisionFactory(section=text.section, language=english, follows=text)

    save(text, body="Mới.\n")

    known = Revision.objects.with_behind().in_language(english).get()
    assert known.is_behind
    assert Revision.objects.get(pk=translation.pk).is_behind
    assert not text.section.text_in(text.language).is_behind


def test_current_texts_are_the_newest_of_each_section_and_language():
    volume = volume_with("Một", "Hai")
    rewrite(volume, "muc-2", "Khác.\n", title="Hai khác")

    titles = Revision.objects.current().values_list("title", flat=True)

    assert set(titles) == {"Một", "Hai khác"}
