import pytest

from handbooks import ready
from tests.handbooks.factories import (
    HandbookFactory,
    PictureFactory,
    VolumeFactory,
    make_ready,
    publish,
    volume_with,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/handbooks/workers.pdf"
CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def edition():
    edition = publish(volume_with("Một"))
    make_ready(edition, "a5", CONTENT)
    return edition


def body(response):
    return b"".join(response.streaming_content)


def test_book_is_served_as_it_was_made(client, edition):
    response = client.get(ADDRESS, {"format": "a5"})

    assert body(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{"b" * 64}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(CONTENT))
    assert 'filename="workers-vi-1-a5.pdf"' in response["Content-Disposition"]


def test_a5_is_what_one_gets_unasked(client, edition):
    assert body(client.get(ADDRESS)) == CONTENT


def test_repeat_with_its_etag_sends_nothing(client, edition):
    response = client.get(ADDRESS, headers={"If-None-Match": f'"{"b" * 64}"'})

    assert response.status_code == 304


@pytest.mark.parametrize(
    ("sha256", "kept"),
    [
        ("b" * 16, "public, max-age=31536000, immutable"),
        ("b" * 15, "public, max-age=60"),
        ("a" * 16, "public, max-age=60"),
    ],
)
def test_address_that_names_the_content_is_kept_for_good(client, edition, sha256, kept):
    whole = client.get(ADDRESS, {"format": "a5", "sha256": sha256})
    again = client.get(
        ADDRESS,
        {"format": "a5", "sha256": sha256},
        headers={"If-None-Match": whole["ETag"]},
    )

    assert body(whole) == CONTENT
    assert (whole["Cache-Control"], again["Cache-Control"]) == (kept, kept)


def test_ready_file_is_looked_up_once(client, edition, django_assert_num_queries):
    body(client.get(ADDRESS))

    with django_assert_num_queries(0):
        response = client.get(ADDRESS)

    assert body(response) == CONTENT


def test_newer_edition_is_served_at_once(client, edition):
    body(client.get(ADDRESS))
    make_ready(publish(edition.volume), "a5", b"neu")
    ready.forget()  # as the printing job does, once its transaction has ended

    assert body(client.get(ADDRESS)) == b"neu"


def test_card_is_what_one_gets_unasked_of_a_card(client, db):
    card = VolumeFactory(handbook=HandbookFactory(slug="card", kind="card"))
    make_ready(publish(volume_with("Số", volume=card)), "card", b"karte")

    assert body(client.get("/handbooks/card.pdf")) == b"karte"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100000-200000", 100_000, 200_001),
        ("bytes=255900-", 255_900, 256_000),
        ("bytes=-10", 255_990, 256_000),
        ("bytes=0-99999999", 0, 256_000),
        ("bytes=-999999999", 0, 256_000),
    ],
)
def test_part_of_a_book_is_served(client, edition, asked, start, end):
    response = client.get(ADDRESS, headers={"Range": asked})

    assert body(response) == CONTENT[start:end]
    if (start, end) != (0, 256_000):
        assert response.status_code == 206
        assert response["Content-Range"] == f"bytes {start}-{end - 1}/256000"
        assert response["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=9-5", "bytes=-0", "bytes=-"])
def test_part_that_is_not_there_is_said(client, edition, asked):
    response = client.get(ADDRESS, headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */256000"


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1,5-9"},
        {"Range": "lines=0-1"},
        {"Range": f"bytes={'9' * 5000}-"},
        {"Range": "bytes=0-9", "If-Range": '"other"'},
    ],
)
def test_what_is_not_one_part_of_this_file_is_the_whole(client, edition, headers):
    response = client.get(ADDRESS, headers=headers)

    assert response.status_code == 200
    assert body(response) == CONTENT


@pytest.mark.parametrize("form", ["a4", "x", "\0"])
def test_format_that_is_not_ready_is_not_found(client, edition, form):
    assert client.get(ADDRESS, {"format": form}).status_code == 404


def test_uploaded_picture_is_kept_by_browsers(client):
    picture = PictureFactory()

    response = client.get(f"/handbooks/pictures/{picture.pk}-{'a' * 12}")

    assert response.content == b"\xff\xd8l"
    assert "immutable" in response["Cache-Control"]
    assert client.get(f"/handbooks/pictures/{picture.pk}-b").status_code == 404
