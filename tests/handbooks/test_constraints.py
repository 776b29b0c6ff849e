"""What the database itself refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock
from handbooks import actions
from handbooks.models import (
    Citation,
    Cover,
    Draft,
    Edition,
    EditionFile,
    Picture,
    Revision,
    Volume,
)
from tests.accounts.factories import UserFactory
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    PictureFactory,
    RevisionFactory,
    SectionFactory,
    VolumeFactory,
    editor,
    make_ready,
    publish,
    volume_with,
)
from tests.reference.factories import (
    LegalReferenceFactory,
    PilotCommuneFactory,
    TariffFactory,
)

pytestmark = pytest.mark.django_db


def refused(what):
    """The name of the constraint, or the message of the trigger, that refused."""

    def do():
        with transaction.atomic():
            what()

    with pytest.raises(IntegrityError) as caught:
        do()
    diagnosis = caught.value.__cause__.diag
    return diagnosis.constraint_name or diagnosis.message_primary


@pytest.fixture
def prepared():
    return actions.propose_edition(volume=volume_with("Một"), by=editor())


@pytest.fixture
def published():
    return publish(volume_with("Một", "Hai"))


def test_handbook_has_one_original():
    VolumeFactory()

    assert refused(lambda: EnglishVolumeFactory(is_original=True)) == (
        "handbooks_volume_one_original"
    )


def test_section_has_one_key():
    section = SectionFactory()

    assert (
        refused(lambda: SectionFactory(slug=section.slug)) == "handbooks_section_once"
    )


def test_section_is_withdrawn_by_somebody():
    assert refused(lambda: SectionFactory(withdrawn_at=clock.now())) == (
        "handbooks_section_withdrawn_at_and_by"
    )


def test_revision_has_its_number_once():
    text = RevisionFactory()

    again = refused(lambda: RevisionFactory(section=text.section))

    assert again == "handbooks_revision_number"
    assert refused(lambda: RevisionFactory(section=text.section, number=0)) == (
        "handbooks_revision_number_from_one"
    )


def test_revision_is_never_changed():
    text = RevisionFactory()
    texts = Revision.objects.filter(pk=text.pk)

    assert "append-only" in refused(lambda: texts.update(title="x"))
    assert "append-only" in refused(texts.delete)


def test_person_has_one_draft_of_a_text():
    text, person = RevisionFactory(), UserFactory()
    own = {"section": text.section, "language": text.language, "person": person}
    Draft.objects.create(**own)

    assert refused(lambda: Draft.objects.create(**own)) == "handbooks_draft_once"


def test_comment_is_settled_by_somebody():
    text = RevisionFactory()

    assert refused(
        lambda: text.comments.create(
            section=text.section,
            language=text.language,
            text="?",
            by=UserFactory(),
            settled_at=clock.now(),
        )
    ) == ("handbooks_comment_settled_at_and_by")


def test_picture_says_what_it_shows():
    picture = PictureFactory()

    assert refused(
        lambda: Picture.objects.filter(pk=picture.pk).update(description={})
    ) == ("handbooks_picture_described")


def test_commune_has_one_cover_at_a_time():
    commune = PilotCommuneFactory()
    spring = DateRange(dt.date(2026, 1, 1), None)
    Cover.objects.create(commune=commune, contacts={"vi": "a"}, in_force=spring)

    assert refused(
        lambda: Cover.objects.create(
            commune=commune, contacts={"vi": "b"}, in_force=spring
        )
    ) == ("handbooks_cover_one_at_a_time")
    assert refused(
        lambda: Cover.objects.create(
            commune=PilotCommuneFactory(code="10002"), contacts={}, in_force=spring
        )
    ) == ("handbooks_cover_contacts")


def test_who_prepared_an_edition_does_not_publish_it(prepared):
    assert refused(
        lambda: Edition.objects.filter(pk=prepared.pk).update(
            state="published",
            published_on=clock.today(),
            approved_by=prepared.prepared_by,
        )
    ) == ("handbooks_edition_four_eyes")


def test_published_edition_has_its_day_and_its_two_people(prepared):
    editions = Edition.objects.filter(pk=prepared.pk)

    assert refused(lambda: editions.update(state="published")) == (
        "handbooks_edition_state"
    )
    assert refused(lambda: editions.update(published_on=clock.today())) in {
        "handbooks_edition_published_on_and_by",
        "handbooks_edition_state",
    }
    assert refused(lambda: editions.update(withdrawn_at=clock.now())) in {
        "handbooks_edition_withdrawn_at_and_by",
        "handbooks_edition_state",
    }


def test_volume_has_one_prepared_edition(prepared):
    assert refused(
        lambda: Edition.objects.create(
            volume=prepared.volume,
            number=7,
            code="X",
            html="x",
            law_read_on=clock.today(),
            prepared_by=prepared.prepared_by,
        )
    ) == ("handbooks_edition_one_prepared")


@pytest.mark.parametrize(
    "change",
    [
        {"html": "x"},
        {"number": 9},
        {"state": "prepared", "published_on": None, "approved_by": None},
        {"published_on": dt.date(2020, 1, 1)},
        {"withdrawn_because": "x", "title": "y"},
    ],
)
def test_published_edition_is_frozen(published, change):
    assert "frozen" in refused(
        lambda: Edition.objects.filter(pk=published.pk).update(**change)
    )


def test_published_edition_is_not_deleted(published):
    assert "frozen" in refused(
        lambda: Edition.objects.filter(pk=published.pk)._raw_delete("default")
    )


def test_sections_of_a_published_edition_are_frozen(published):
    section = published.sections.first()
    sections = published.sections.filter(pk=section.pk)
    section.pk, section.order, section.slug = None, 9, "muc-9"

    assert "frozen" in refused(lambda: sections.update(title="x"))
    assert "frozen" in refused(lambda: sections._raw_delete("default"))
    assert "frozen" in refused(section.save)


def test_withdrawn_edition_stays_withdrawn(published):
    actions.withdraw(edition=published, by=editor(), because="Sai số")

    assert "withdrawn once" in refused(
        lambda: Edition.objects.filter(pk=published.pk).update(
            state="published",
            withdrawn_at=None,
            withdrawn_by=None,
            withdrawn_because="",
        )
    )


def test_file_that_is_ready_stays_as_it_is(published):
    file = make_ready(published)
    files = EditionFile.objects.filter(pk=file.pk)

    assert "never made again" in refused(lambda: files.update(sha256="c" * 64))
    assert "never made again" in refused(lambda: files._raw_delete("default"))


def test_file_is_ready_when_it_is_whole(published):
    waiting = published.files.filter(format="a4")

    assert refused(lambda: waiting.update(state="ready")) == (
        "handbooks_editionfile_ready_is_whole"
    )
    assert refused(lambda: waiting.update(progress=101)) == (
        "handbooks_editionfile_progress"
    )
    assert waiting.update(state="being_made", progress=40) == 1


def test_citation_is_of_one_thing_in_one_text(published):
    law, tariff = LegalReferenceFactory(), TariffFactory()
    text = RevisionFactory(number=2, section=published.sections.first().section)

    assert refused(
        lambda: Citation.objects.create(revision=text, law=law, tariff=tariff)
    ) == ("handbooks_citation_of_one_thing")
    assert refused(lambda: Citation.objects.create(law=law)) == (
        "handbooks_citation_in_one_text"
    )
    Citation.objects.create(revision=text, law=law)
    assert refused(lambda: Citation.objects.create(revision=text, law=law)) == (
        "handbooks_citation_once"
    )


def test_citations_are_as_frozen_as_their_text(published):
    text = RevisionFactory(number=2, section=published.sections.first().section)
    cited = Citation.objects.create(revision=text, law=LegalReferenceFactory())
    citations = Citation.objects.filter(pk=cited.pk)

    assert "as frozen" in refused(citations.delete)
    assert "as frozen" in refused(lambda: citations.update(law=LegalReferenceFactory()))


def test_volume_is_named_with_its_language():
    assert str(Volume(title="Nhà trọ", language_id="vi")) == "Nhà trọ (vi)"
