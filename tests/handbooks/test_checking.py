"""Is my printed copy current?"""

import pytest

from handbooks import actions
from handbooks.models import Section
from tests.handbooks.factories import (
    editor,
    make_ready,
    publish,
    rewrite,
    volume_with,
)
from tests.handbooks.stock_factories import PrintRunFactory
from tests.handbooks.test_editions import MONDAY, cover_of
from tests.reference.factories import PilotCommuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publish(volume_with("Lối thoát", "Khoá cửa"))


def asked(client, code="WORKERS-VI-1"):
    return client.get(f"/handbooks/check/{code}/").content.decode()


def test_newest_copy_is_current(client, edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = asked(client)

    assert "Cuốn của bạn là bản mới nhất" in page


def test_older_copy_lists_what_has_changed(client, edition, django_assert_num_queries):
    volume = edition.volume
    rewrite(volume, "muc-1", "Khác.\n", title="Lối thoát mới")
    Section.objects.filter(slug="muc-2").update(
        withdrawn_at=MONDAY, withdrawn_by=editor()
    )
    section = Section.objects.create(handbook=volume.handbook, slug="muc-3", order=3)
    actions.save_revision(
        section=section,
        language=volume.language,
        by=editor(),
        title="Nước",
        summary="",
        body="Sạch.\n",
        base=None,
    )
    publish(volume)

    with django_assert_num_queries(4):
        page = asked(client)

    assert "Đã có ấn bản mới hơn" in page
    assert ">Lối thoát mới</a></li>" in page
    assert ">Nước</a> (mới)</li>" in page
    assert "Khoá cửa</span> (không còn trong sách)" in page


def test_changes_lead_to_the_language_of_the_copy(client, edition):
    rewrite(edition.volume, "muc-1", "Khác.\n")
    publish(edition.volume)

    page = client.get("/en/handbooks/check/WORKERS-VI-1/").content.decode()

    assert '<a href="/handbooks/workers/muc-1/" lang="vi">Lối thoát</a>' in page
    assert '<a href="/handbooks/workers/">Read the newest edition</a>' in page


def test_withdrawn_copy_without_a_newer_one_leads_to_the_shelf(client, edition):
    actions.withdraw(edition=edition, by=editor(), because="Sai số.")

    page = asked(client)

    assert '<p><a href="/handbooks/">' in page
    assert 'href="/handbooks/workers/"' not in page


def test_older_copy_with_the_same_words_is_still_right(client, edition):
    publish(edition.volume)

    assert "Cuốn của bạn vẫn đúng" in asked(client)


@pytest.mark.parametrize(
    ("body", "differs"),
    [
        ("**Đi thử** hai lối ra ngay hôm dọn đến.\n", False),
        ("- Đi thử hai lối ra ngay hôm dọn đến.\n", False),
        ("Đi thử ba lối ra ngay hôm dọn đến.\n", True),
    ],
)
def test_copy_is_compared_by_its_words_not_by_their_look(
    client, edition, body, differs
):
    rewrite(edition.volume, "muc-1", body)
    publish(edition.volume)

    assert ("Đã đổi những gì" in asked(client)) == differs


def test_picture_described_anew_is_a_change(client, edition):
    for words in ("Cửa.", "Cửa mở."):
        rewrite(edition.volume, "muc-1", f"::: picture exit\n{words}\n:::\n")
        publish(edition.volume)

    assert "Đã có ấn bản mới hơn" in asked(client, "WORKERS-VI-2")


def test_withdrawn_copy_says_why(client, edition):
    actions.withdraw(edition=edition, by=editor(), because="Sai số điện thoại")

    page = asked(client)

    assert "Đừng dùng cuốn này nữa" in page
    assert "Sai số điện thoại" in page


def test_copy_with_a_communes_cover_is_compared_by_its_words(client, edition):
    cover = cover_of(PilotCommuneFactory())
    own = publish(edition.volume, cover=cover)

    assert "Cuốn của bạn là bản mới nhất" in asked(client, own.code)
    rewrite(edition.volume, "muc-1", "Khác.\n")
    publish(edition.volume)
    assert "Đã có ấn bản mới hơn" in asked(client, own.code)


def test_any_spelling_of_the_number_leads_to_it(client, edition):
    response = client.get("/handbooks/check/workers-vi-1/")

    assert response.status_code == 302
    assert response["Location"] == "/handbooks/check/WORKERS-VI-1/"


@pytest.mark.parametrize("code", ["WORKERS-VI-9", "0", "X" * 300, "%00"])
def test_unknown_number_is_said(client, edition, code):
    response = client.get(f"/handbooks/check/{code}/")

    assert response.status_code == 404
    assert "Không có ấn bản này" in response.content.decode()


def test_prepared_edition_is_not_known_yet(client, edition):
    actions.propose_edition(volume=edition.volume, by=editor())

    assert client.get("/handbooks/check/WORKERS-VI-2/").status_code == 404


@pytest.fixture
def run(edition):
    return PrintRunFactory(source=make_ready(edition), number="K7M29QXT")


@pytest.mark.parametrize("typed", ["K7M2-9QXT", "K7M29QXT"])
def test_batch_number_leads_to_its_edition(
    client, run, typed, django_assert_num_queries
):
    with django_assert_num_queries(3):
        page = asked(client, typed)

    assert "Cuốn của bạn là bản mới nhất" in page
    assert f"K7M2-9QXT, đặt in ngày {run.ordered_at:%d/%m/%Y}" in page


def test_copy_of_an_older_batch_is_outdated(client, run):
    rewrite(run.edition.volume, "muc-1", "Khác.\n")
    publish(run.edition.volume)

    assert "Đã có ấn bản mới hơn" in asked(client, "K7M2-9QXT")


def test_mistyped_batch_number_is_said_to_be_one(client, run):
    response = client.get("/handbooks/check/K7M2-9QX5/")

    assert response.status_code == 404
    assert "có một ký tự không giống" in response.content.decode()


def test_cancelled_batch_was_never_printed(client, run):
    actions.cancel_run(run=run, by=editor(), because="Sai khổ")

    assert client.get("/handbooks/check/K7M2-9QXT/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        (" workers-vi-1 ", "/handbooks/check/WORKERS-VI-1/"),
        ("k7m2 9qxt", "/handbooks/check/K7M29QXT/"),
        ("../a/%00" + "B" * 99, "/handbooks/check/A00" + "B" * 57 + "/"),
    ],
)
def test_number_is_typed_by_who_cannot_scan(client, typed, leads_to):
    answer = client.get("/handbooks/check/", {"number": typed})

    assert (answer.status_code, answer["Location"]) == (302, leads_to)


@pytest.mark.parametrize("typed", ["", " ", "<>"])
def test_nothing_typed_asks_again(client, typed, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/handbooks/check/", {"number": typed})

    assert "Cuốn bạn có còn mới không?" in page.content.decode()
    assert len(page.content) < 40_000
