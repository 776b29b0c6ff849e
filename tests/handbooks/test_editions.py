"""Publishing: two people, one day's law and prices, frozen."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Role
from core.errors import Refused
from core.models import Event
from handbooks import actions, facts
from handbooks.actions.freezing import freeze, texts_of
from handbooks.models import Citation, Cover, Edition, Section
from reference.models import LegalReference
from tests.accounts.factories import staff
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    PictureFactory,
    VolumeFactory,
    editor,
    publish,
    rewrite,
    volume_with,
)
from tests.reference.factories import LegalReferenceFactory, PilotCommuneFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
TUESDAY = MONDAY + dt.timedelta(days=1)


@pytest.fixture
def volume():
    LegalReferenceFactory(key="law-x", article="9")
    volume = volume_with("Lối thoát", "Khoá cửa")
    rewrite(
        volume,
        "muc-1",
        "[Luật](law:law-x) và [khoá](section:muc-2).\n\n"
        "::: picture exit\nCửa mở.\n:::\n\n::: page\n## Cửa\n",
    )
    return volume


def cover_of(commune, **changes):
    words = {"contacts": {"vi": "Hội Phụ nữ: 024 1"}, **changes}
    always = DateRange(dt.date(2026, 1, 1), None)
    return Cover.objects.create(commune=commune, in_force=always, **words)


def test_edition_is_published_by_somebody_else(volume):
    writer, publisher = editor(), editor()

    with time_machine.travel(MONDAY, tick=False):
        edition = actions.propose_edition(volume=volume, by=writer)
    with time_machine.travel(TUESDAY, tick=False):
        edition = actions.publish_edition(edition=edition, by=publisher)

    assert (edition.number, edition.code) == (1, "WORKERS-VI-1")
    assert edition.state == Edition.State.PUBLISHED
    assert (edition.prepared_by, edition.approved_by) == (writer, publisher)
    assert edition.published_on == edition.law_read_on == TUESDAY.date()
    assert "24/11/2026" in edition.html
    assert "23/11/2026" not in edition.html
    kinds = ["edition.proposed", "edition.published"]
    events = Event.objects.filter(kind__in=kinds).order_by("id")
    assert [(event.kind, event.by) for event in events] == list(
        zip(kinds, [writer, publisher], strict=True)
    )


def test_edition_holds_what_pages_and_paper_need(volume):
    edition = publish(volume)

    first, second = edition.sections.all()
    assert [entry["slug"] for entry in edition.contents] == ["muc-1", "muc-2"]
    assert (first.order, first.slug, first.title) == (1, "muc-1", "Lối thoát")
    assert 'href="/handbooks/workers/muc-2/"' in first.html
    assert 'aria-label="Cửa mở."' in first.html
    assert first.plain == "Luật (Điều 9 Luật 1/2025/QH15) và khoá. Cửa"
    assert " loi thoat biet loi ra truoc khi ngu luat dieu 9 " in first.search_text
    assert '<a class="see" href="#muc-2">khoá</a>' in edition.html
    assert 'src="icon:exit" alt="Cửa mở."' in edition.html
    assert "WORKERS-VI-1" in edition.html
    assert second.title in edition.html


def test_edition_cites_what_its_sections_cite(volume):
    edition = publish(volume)

    cited = Citation.objects.filter(edition_section__edition=edition)

    assert [one.law_id for one in cited] == ["law-x"]


def test_ending_law_is_found_by_who_cites_it(volume):
    publish(volume)
    LegalReference.objects.filter(pk="law-x").update(
        in_force=DateRange(dt.date(2025, 7, 1), dt.date(2027, 1, 1))
    )

    assert not Citation.objects.ending_by(dt.date(2026, 12, 31)).exists()
    assert Citation.objects.ending_by(dt.date(2027, 1, 1)).count() == 2


def test_published_edition_waits_to_be_printed(volume):
    edition = publish(volume)

    assert set(edition.files.values_list("format", "state")) == {
        (form, "waiting") for form in ("a5", "a4", "large", "booklet", "instructions")
    }
    job = ProcrastinateJob.objects.get(task_name="handbooks.print_edition")
    assert job.args == {"edition": edition.pk}


def test_same_texts_on_the_same_day_are_the_same_bytes(volume):
    with time_machine.travel(MONDAY, tick=False):
        first = actions.propose_edition(volume=volume, by=editor())
        frozen = (first.html, first.sha256, first.text_sha256)
        actions.take_back(edition=first, by=editor())
        again = actions.propose_edition(volume=volume, by=editor())

    assert (again.html, again.sha256, again.text_sha256) == frozen


def test_numbers_count_on_and_a_number_taken_back_is_free(volume):
    publish(volume)
    second = actions.propose_edition(volume=volume, by=editor())

    actions.take_back(edition=second, by=editor())

    assert actions.propose_edition(volume=volume, by=editor()).number == 2


def test_who_prepared_it_does_not_publish_it(volume):
    writer = editor()
    edition = actions.propose_edition(volume=volume, by=writer)

    with pytest.raises(Refused) as refused:
        actions.publish_edition(edition=edition, by=writer)

    assert refused.value.code == "same_person"


def test_only_an_editor_publishes(volume):
    edition = actions.propose_edition(volume=volume, by=editor())

    with pytest.raises(Refused):
        actions.publish_edition(edition=edition, by=staff(Role.PRINT_OFFICER))


def test_edition_is_published_once(volume):
    edition = publish(volume)

    with pytest.raises(Refused) as refused:
        actions.publish_edition(edition=edition, by=editor())

    assert refused.value.code == "not_prepared"


def test_two_editions_are_not_prepared_at_once(volume):
    actions.propose_edition(volume=volume, by=editor())

    with pytest.raises(Refused) as refused:
        actions.propose_edition(volume=volume, by=editor())

    assert refused.value.code == "already_prepared"


def test_text_saved_after_preparing_is_not_in_the_edition(volume):
    edition = actions.propose_edition(volume=volume, by=editor())
    rewrite(volume, "muc-2", "Mới hơn.\n")

    edition = actions.publish_edition(edition=edition, by=editor())

    assert "Mới hơn." not in edition.html


def test_edition_whose_law_has_moved_is_prepared_anew(volume):
    edition = actions.propose_edition(volume=volume, by=editor())
    LegalReference.objects.filter(pk="law-x").update(article="10")

    with pytest.raises(Refused) as refused:
        actions.publish_edition(edition=edition, by=editor())

    assert refused.value.code == "changed"


def test_text_whose_law_has_ended_is_not_published(volume):
    LegalReference.objects.filter(pk="law-x").update(
        in_force=DateRange(dt.date(2025, 7, 1), dt.date(2026, 1, 1))
    )

    with pytest.raises(Refused) as refused:
        actions.propose_edition(volume=volume, by=editor())

    assert refused.value.code == "texts_have_problems"
    assert refused.value.details["problems"] == [
        "Lối thoát: Dòng 1: Hãy tra lại điều luật: “law-x” chưa có, chưa đủ chắc"
        " hoặc không còn hiệu lực."
    ]
    assert not Edition.objects.exists()


def test_volume_without_texts_is_not_published():
    with pytest.raises(Refused) as refused:
        actions.propose_edition(volume=VolumeFactory(), by=editor())

    assert refused.value.code == "no_texts"


def test_withdrawn_section_is_not_in_the_next_edition(volume):
    rewrite(volume, "muc-1", "Một.\n")
    Section.objects.filter(slug="muc-2").update(
        withdrawn_at=MONDAY, withdrawn_by=editor()
    )

    assert [entry["slug"] for entry in publish(volume).contents] == ["muc-1"]


def test_each_language_has_its_editions(volume):
    english = EnglishVolumeFactory()
    section = Section.objects.get(slug="muc-1")
    actions.save_revision(
        section=section,
        language=english.language,
        by=editor(),
        title="The way out",
        summary="",
        body="[Law](law:law-x)\n",
        base=None,
        follows=section.text_in("vi"),
    )

    edition = publish(english)

    assert edition.code == "WORKERS-EN-1"
    assert "(Law 1/2025/QH15, Article 9)" in edition.html
    assert '<html lang="en">' in edition.html
    assert "no legal advice" in edition.html


def test_communes_cover_leaves_the_words_alone(volume):
    common = publish(volume)
    rewrite(volume, "muc-2", "Mới hơn.\n")
    cover = cover_of(PilotCommuneFactory(), logo=PictureFactory(name="logo-xa"))

    edition = publish(volume, cover=cover)

    assert edition.number == common.number
    assert edition.code == f"WORKERS-VI-1-C{cover.pk}"
    assert edition.text_sha256 == common.text_sha256
    assert edition.sha256 != common.sha256
    assert "Hội Phụ nữ: 024 1" in edition.html
    assert facts.given_pictures(edition.html) == {"picture-logo-xa": b"\xff\xd8l"}
    assert Edition.objects.current().get() == common


@pytest.mark.parametrize("before", [0, 2])
def test_cover_is_put_on_an_edition_once(volume, before):
    cover = cover_of(PilotCommuneFactory())
    if before:
        publish(volume)
        publish(volume, cover=cover)

    with pytest.raises(Refused) as refused:
        publish(volume, cover=cover)

    assert refused.value.code == ("has_cover" if before else "no_edition")


def test_withdrawn_edition_gives_way_to_the_one_before(volume):
    first = publish(volume)
    second = publish(volume)
    officer = editor()

    actions.withdraw(edition=second, by=officer, because=" Sai giá điện ")

    second.refresh_from_db()
    assert second.withdrawn_because == "Sai giá điện"
    assert Edition.objects.current().get() == first
    assert Event.objects.get(kind="edition.withdrawn").by == officer


def test_withdrawing_needs_a_reason_and_a_published_edition(volume):
    edition = publish(volume)

    with pytest.raises(ValidationError):
        actions.withdraw(edition=edition, by=editor(), because=" ")
    actions.withdraw(edition=edition, by=editor(), because="Sai")
    with pytest.raises(Refused) as again:
        actions.withdraw(edition=edition, by=editor(), because="Sai")
    with pytest.raises(Refused) as back:
        actions.take_back(edition=edition, by=editor())

    assert (again.value.code, back.value.code) == ("not_published", "published")


def test_pictures_on_paper_are_our_own_or_given(volume):
    PictureFactory(name="anh-cua")
    rewrite(
        volume,
        "muc-2",
        "::: picture two-ways-out\nHai lối.\n:::\n\n::: picture anh-cua\nCửa.\n:::\n",
    )

    edition = publish(volume)

    given = facts.given_pictures(edition.html)
    assert set(given) == {"drawing-two-ways-out", "picture-anh-cua"}
    assert given["drawing-two-ways-out"].startswith(b"<svg")
    web = edition.sections.get(slug="muc-2").html
    assert '<svg class="drawing" role="img" aria-label="Hai lối."' in web
    assert 'src="/handbooks/pictures/' in web


def test_freezing_a_longer_volume_asks_no_more(volume, django_assert_num_queries):
    for order in (3, 4, 5):
        rewrite_new(volume, order)

    with django_assert_num_queries(1):
        texts = texts_of(volume)
    with django_assert_num_queries(3):
        freeze(volume, texts, number=1, code="X", day=MONDAY.date(), cover=None)


def rewrite_new(volume, order):
    section = Section.objects.create(
        handbook=volume.handbook, slug=f"muc-{order}", order=order
    )
    actions.save_revision(
        section=section,
        language=volume.language,
        by=editor(),
        title=f"Mục {order}",
        summary="",
        body="[Luật](law:law-x) [x](section:muc-1)\n",
        base=None,
    )
