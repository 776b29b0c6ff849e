"""The pages everybody reads: what they say, what they cost, when they are ready."""

import gzip
import re

import pytest
import time_machine
from django.templatetags.static import static

from handbooks import actions, ready
from handbooks.models import Section
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    HandbookFactory,
    RevisionFactory,
    VietnameseFactory,
    VolumeFactory,
    editor,
    make_ready,
    publish,
    rewrite,
    volume_with,
)
from tests.handbooks.test_editions import MONDAY

pytestmark = pytest.mark.django_db
SECTION = "/handbooks/workers/muc-2/"


@pytest.fixture
def volume():
    return volume_with("Lối thoát", "Khoá cửa", "Gọi ai")


@pytest.fixture
def edition(volume):
    return publish(volume)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_shelf_shows_what_is_published_in_the_language(client, edition):
    VolumeFactory(handbook=HandbookFactory(slug="landlords"), title="Chưa xuất bản")
    publish(volume_with("The way out", volume=EnglishVolumeFactory()))

    assert "Nhà trọ thử" in text_of(client.get("/handbooks/"))
    english = text_of(client.get("/en/handbooks/"))

    assert "A test of rooms" in english
    assert "Nhà trọ thử" not in english


def test_empty_shelf_says_so(client):
    assert "Chưa có cẩm nang" in text_of(client.get("/handbooks/"))


def test_book_lists_its_sections_and_its_imprint(client, edition):
    page = text_of(client.get("/handbooks/workers/"))

    assert re.findall(r'href="(/handbooks/workers/[^"]+)"', page) == [
        f"/handbooks/workers/muc-{number}/" for number in (1, 2, 3)
    ]
    assert "Cuốn này để thử." in page
    assert "không phải tư vấn pháp lý" in page


def test_section_shows_its_text_its_place_and_its_neighbours(client, edition):
    page = text_of(client.get(SECTION))

    assert "<h1>Khoá cửa</h1>" in page
    assert "Đi thử hai lối ra" in page
    assert "2 / 3" in page
    assert 'rel="prev" href="/handbooks/workers/muc-1/"' in page
    assert 'rel="next" href="/handbooks/workers/muc-3/"' in page


def test_first_and_last_section_have_one_neighbour(client, edition):
    first = text_of(client.get("/handbooks/workers/muc-1/"))
    last = text_of(client.get("/handbooks/workers/muc-3/"))

    assert ('rel="prev"' in first, 'rel="next"' in first) == (False, True)
    assert ('rel="prev"' in last, 'rel="next"' in last) == (True, False)


def test_page_links_to_the_files_that_are_ready(client, edition):
    make_ready(edition, "a5")

    page = text_of(client.get(SECTION))

    assert f'href="/handbooks/workers.pdf?format=a5&amp;sha256={"b" * 16}"' in page
    assert "format=a4" not in page


def test_language_that_pages_have_not_is_added_by_rows(client, edition):
    khmer = VolumeFactory(
        language=VietnameseFactory(code="km", name="ភាសាខ្មែរ", order=3),
        title="បន្ទប់ជួល",
        is_original=False,
    )
    english = volume_with("x", "y", volume=EnglishVolumeFactory())
    publish(english)
    volume_with("ច្រកចេញ", "សោ", volume=khmer)
    for slug in ("muc-1", "muc-2"):
        rewrite(khmer, slug, "[ច្រក](section:muc-2)\n", follows=original(slug))
    publish(khmer)

    shelf = text_of(client.get("/en/handbooks/"))
    book = text_of(client.get("/handbooks/workers.km/"))
    section = text_of(client.get("/handbooks/workers.km/muc-1/"))

    assert 'href="/en/handbooks/workers.km/" lang="km"' in shelf
    assert 'href="/handbooks/workers.km/muc-1/"' in book
    assert '<article lang="km">' in section
    assert '<a class="see" href="/handbooks/workers.km/muc-2/">ច្រក</a>' in section
    assert 'rel="next" href="/handbooks/workers.km/muc-2/"' in section
    assert client.get("/handbooks/workers.xx/").status_code == 404


def original(slug):
    return Section.objects.get(slug=slug).text_in("vi")


@pytest.mark.parametrize(
    "path",
    [
        "/handbooks/landlords/",
        "/handbooks/workers/muc-9/",
        "/en/handbooks/workers/",
        "/en/handbooks/workers/muc-1/",
    ],
)
def test_what_is_not_published_is_not_found(client, edition, path):
    assert client.get(path).status_code == 404


def test_prepared_edition_is_not_read(client, volume):
    actions.propose_edition(volume=volume, by=editor())

    assert client.get(SECTION).status_code == 404


@pytest.mark.parametrize("path", ["/handbooks/", "/handbooks/workers/", SECTION])
def test_page_needs_no_cookie_and_runs_no_script_of_its_own(client, edition, path):
    response = client.get(path)

    scripts = re.findall(r"<script[^>]*>", response.content.decode())
    assert not response.cookies
    assert scripts in (
        [],
        [f'<script type="module" src="{static("handbook/reader.js")}">'],
    )
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/handbooks/", 1), ("/handbooks/workers/", 2), ("/handbooks/workers/muc-1/", 2)],
)
def test_page_costs_the_same_for_any_length(
    client, django_assert_num_queries, count, path, queries
):
    publish(volume_with(*["Mục"] * count))

    with django_assert_num_queries(queries):
        client.get(path)


def test_repeat_with_its_etag_asks_nothing(client, edition, django_assert_num_queries):
    etag = client.get(SECTION)["ETag"]

    with django_assert_num_queries(0):
        again = client.get(SECTION, headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again["ETag"] == etag
    assert not again.content


def test_repeat_without_etag_is_the_same_page(client, edition):
    first = client.get(SECTION)
    again = client.get(SECTION)

    assert again.content == first.content
    for name in ("Content-Type", "ETag", "Cache-Control", "Vary", "Content-Language"):
        assert again[name] == first[name]


def test_page_is_kept_ready_packed_and_plain(client, edition):
    plain = client.get(SECTION)
    packed = [client.get(SECTION, headers={"Accept-Encoding": "gzip"}) for _ in "12"]

    assert packed[0]["Content-Encoding"] == packed[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[1].content) == plain.content
    assert "Content-Encoding" not in client.get(SECTION)


def test_languages_are_kept_apart(client, edition):
    publish(volume_with("The way out", volume=EnglishVolumeFactory()))
    vietnamese = client.get("/handbooks/")

    english = client.get("/en/handbooks/")

    assert b"A test of rooms" in english.content
    assert b"A test of rooms" not in client.get("/handbooks/").content
    assert english["ETag"] != vietnamese["ETag"]


def test_answer_from_memory_tells_its_age(client, edition):
    with time_machine.travel(MONDAY, tick=False) as clock:
        first = client.get(SECTION)
        clock.shift(20)
        again = client.get(SECTION)
        clock.shift(20)
        unchanged = client.get(SECTION, headers={"If-None-Match": first["ETag"]})

    assert "Age" not in first
    assert again["Age"] == "20"
    assert (unchanged.status_code, unchanged["Age"]) == (304, "40")


def test_new_edition_is_read_at_once_where_it_was_published(
    client, volume, edition, django_capture_on_commit_callbacks
):
    etag = client.get(SECTION)["ETag"]
    rewrite(volume, "muc-2", "Mới hơn.\n")

    with django_capture_on_commit_callbacks(execute=True):
        publish(volume)

    response = client.get(SECTION, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert b"M\xe1\xbb\x9bi h\xc6\xa1n." in response.content


def test_new_edition_is_read_elsewhere_when_the_page_may_be_kept_no_longer(
    client, volume, edition
):
    """Another process does not hear of it; what it says of the page's age stays true."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        etag = client.get(SECTION)["ETag"]
        rewrite(volume, "muc-2", "Mới hơn.\n")
        publish(volume)
        clock.shift(59)
        old = client.get(SECTION, headers={"If-None-Match": etag})
        clock.shift(1)
        new = client.get(SECTION, headers={"If-None-Match": etag})

    assert (old.status_code, old["Age"]) == (304, "59")
    assert new.status_code == 200
    assert "Mới hơn." in new.content.decode()


def test_withdrawn_edition_is_no_longer_read(
    client, edition, django_capture_on_commit_callbacks
):
    client.get(SECTION)

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(edition=edition, by=editor(), because="Sai")

    assert client.get(SECTION).status_code == 404


def test_pages_with_a_question_are_not_kept(client, edition, django_assert_num_queries):
    client.get("/handbooks/?x=1")

    with django_assert_num_queries(1):
        client.get("/handbooks/?x=1")


def test_memory_does_not_grow_without_end(client, edition, monkeypatch):
    monkeypatch.setattr(ready, "MOST", 2)

    for number in (1, 2, 3):
        client.get(f"/handbooks/workers/muc-{number}/")

    assert len(ready._copies) == 1


def test_pages_not_found_are_not_kept(client, volume):
    assert client.get(SECTION).status_code == 404

    publish(volume)

    assert client.get(SECTION).status_code == 200


def test_section_that_is_withdrawn_is_gone_with_the_next_edition(client, volume):
    publish(volume)
    Section.objects.filter(slug="muc-2").update(
        withdrawn_at=MONDAY, withdrawn_by=editor()
    )
    assert client.get(SECTION).status_code == 200
    ready.forget()

    publish(volume)

    assert client.get(SECTION).status_code == 404


def test_unknown_pictogram_is_left_out(client):
    volume = VolumeFactory()
    section = Section.objects.create(
        handbook=volume.handbook, slug="muc-1", order=1, pictogram="no-such"
    )
    RevisionFactory(section=section)
    publish(volume)

    assert client.get("/handbooks/workers/").status_code == 200
    assert client.get("/handbooks/workers/muc-1/").status_code == 200
