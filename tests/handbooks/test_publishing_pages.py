"""Publishing by two people, pictures and covers, as the office's pages do it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from handbooks.models import Cover, Edition, Picture, ReturnedEdition
from tests.handbooks.factories import (
    EnglishFactory,
    PictureFactory,
    editor,
    make_ready,
    publish,
    rewrite,
    volume_with,
)
from tests.reference.factories import PilotCommuneFactory

pytestmark = pytest.mark.django_db

BOOK = ["workers", "vi"]


def address(name, *arguments):
    return reverse(f"handbooks:{name}", args=arguments)


@pytest.fixture
def hoa(client):
    """Who is signed in."""
    person = editor()
    client.force_login(person)
    return person


def test_two_people_publish(client, hoa):
    volume_with("Một")
    client.post(address("editions", *BOOK))
    mine = client.post(address("publication", "WORKERS-VI-1"))
    before = Edition.objects.get().state

    client.force_login(editor())
    client.post(address("publication", "WORKERS-VI-1"))

    assert mine.status_code == 302
    assert (before, Edition.objects.get().state) == ("prepared", "published")


def test_page_tells_what_the_next_edition_changes(client, hoa):
    volume = volume_with("Một", "Hai")
    publish(volume)
    rewrite(volume, "muc-2", "Lời mới.\n")

    outlook = client.get(address("editions", *BOOK)).context["outlook"]

    assert [(c.what, c.slug, c.number, c.since) for c in outlook.changes] == [
        ("changed", "muc-2", 2, 1)
    ]
    assert outlook.is_clear


def test_text_that_shows_what_is_gone_forbids_publishing(client, hoa):
    volume = volume_with("Một")
    picture = PictureFactory(name="khu-tro")
    rewrite(volume, "muc-1", "::: picture khu-tro\nMột dãy phòng.\n:::\n")
    picture.delete()

    page = client.get(address("editions", *BOOK))
    client.post(address("editions", *BOOK))

    [(text, [problem])] = page.context["outlook"].problems
    assert (text.section.slug, problem.code) == ("muc-1", "unknown_picture")
    assert not Edition.objects.exists()


def test_files_of_an_edition_are_behind_their_links(client, hoa):
    edition = publish(volume_with("Một"))
    make_ready(edition, content=b"%PDF-1.7 in ra")
    link = address("edition-file", edition.code, "a5")

    page = client.get(address("edition", edition.code)).content.decode()
    file = client.get(link)
    unmade = client.get(address("edition-file", edition.code, "a4"))

    assert f'href="{link}"' in page
    assert b"".join(file.streaming_content) == b"%PDF-1.7 in ra"
    assert file["Content-Disposition"] == 'inline; filename="WORKERS-VI-1-a5.pdf"'
    assert unmade.status_code == 404


def test_edition_is_returned_with_a_note(client, hoa):
    volume_with("Một")
    client.post(address("editions", *BOOK))
    lan = editor()
    client.force_login(lan)

    empty = client.post(address("return", "WORKERS-VI-1"), {"because": " "})
    client.post(address("return", "WORKERS-VI-1"), {"because": "Câu hai chưa rõ."})

    note = ReturnedEdition.objects.get()
    assert list(empty.context["form"].errors) == ["because"]
    assert (note.because, note.prepared_by, note.returned_by) == (
        "Câu hai chưa rõ.",
        hoa,
        lan,
    )
    assert not Edition.objects.exists()
    assert "Câu hai chưa rõ." in client.get(address("editions", *BOOK)).content.decode()


def test_who_prepared_takes_back_without_a_note(client, hoa):
    volume_with("Một")
    client.post(address("editions", *BOOK))

    client.post(address("return", "WORKERS-VI-1"))

    assert not Edition.objects.exists()
    assert not ReturnedEdition.objects.exists()


def test_published_edition_is_withdrawn_with_a_reason(client, hoa):
    edition = publish(volume_with("Một"))

    client.post(address("edition-withdrawal", edition.code), {"because": " "})
    before = Edition.objects.get().state
    client.post(address("edition-withdrawal", edition.code), {"because": "Sai số."})

    assert (before, Edition.objects.get().withdrawn_because) == ("published", "Sai số.")


def upload(**changes):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return {
        "name": "khu-tro",
        "file": SimpleUploadedFile("anh.png", file.getvalue()),
        "words_vi": "Một dãy phòng.",
        "words_en": "A row of rooms.",
        **changes,
    }


def test_picture_is_made_anew_with_its_words(client, hoa):
    volume_with("Một")
    EnglishFactory()

    client.post(address("pictures"), upload())

    picture = Picture.objects.get()
    assert picture.description == {"vi": "Một dãy phòng.", "en": "A row of rooms."}
    with picture.large.open() as file:
        assert file.read(2) == b"\xff\xd8"
    assert client.get(address("pictures")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"words_en": ""}, "words_en"),
        ({"name": "key"}, "name"),
        ({"name": "Khu Trọ"}, "name"),
        ({"file": SimpleUploadedFile("a.svg", b"<svg onload='x'/>")}, "file"),
    ],
)
def test_picture_is_refused_beside_its_field(client, hoa, changes, wrong):
    volume_with("Một")
    EnglishFactory()

    response = client.post(address("pictures"), upload(**changes))

    assert list(response.context["form"].errors) == [wrong]
    assert not Picture.objects.exists()


def test_picture_is_described_anew(client, hoa):
    volume_with("Một")
    PictureFactory(name="khu-tro")

    client.post(address("description", "khu-tro"), {"words_vi": "Hai dãy phòng."})

    assert Picture.objects.get().description == {"vi": "Hai dãy phòng."}


def test_commune_gets_the_same_words_under_its_own_cover(client, hoa):
    edition = publish(volume_with("Một"))
    commune = PilotCommuneFactory()
    logo = PictureFactory()

    client.post(
        address("covers"),
        {"commune": commune.pk, "logo": logo.pk, "words_vi": "Hội Phụ nữ xã"},
    )
    cover = Cover.objects.get()
    client.post(address("with-cover", edition.code), {"cover": cover.pk})

    own = Edition.objects.get(cover=cover)
    assert (own.text_sha256, own.number) == (edition.text_sha256, edition.number)
    assert own.sha256 != edition.sha256
    assert "Hội Phụ nữ xã" in own.html


def test_cover_is_changed_and_ended(client, hoa):
    volume_with("Một")
    commune = PilotCommuneFactory()
    client.post(address("covers"), {"commune": commune.pk, "words_vi": "Một"})
    client.post(address("covers"), {"commune": commune.pk, "words_vi": "Hai"})
    cover = Cover.objects.get()

    shown = client.get(f"{address('covers')}?commune={commune.pk}").context["form"]
    client.post(address("cover-end", cover.pk))
    cover.refresh_from_db()

    assert shown["words_vi"].value() == "Hai"
    assert cover.contacts == {"vi": "Hai"}
    assert cover.in_force.upper is not None


def test_page_tells_how_far_printing_is(client, hoa):
    edition = publish(volume_with("Một"))
    make_ready(edition, "a5")
    edition.files.filter(format="a4").update(state="being_made", progress=41, pages=31)

    page = client.get(address("edition", edition.code)).content.decode()

    assert "Đã xong 1 trong 5 khổ in." in page
    assert "đang làm, trang 31" in page
    assert page.count("<progress") == 4


def test_prepared_edition_opens_what_has_changed(client, hoa):
    volume = volume_with("Một", "Hai")
    publish(volume)
    rewrite(volume, "muc-2", "Lời mới.\n")
    client.post(address("editions", *BOOK))

    response = client.get(address("edition", "WORKERS-VI-2"))

    shown = {
        one["section"].slug: (one["what"], one["since"])
        for one in response.context["sections"]
    }
    assert shown == {"muc-1": (None, None), "muc-2": ("changed", 1)}
    page = response.content.decode()
    assert '<details class="card whole" id="muc-2" open>' in page
    assert '<details class="card whole" id="muc-1">' in page
    assert f"{address('difference', *BOOK, 'muc-2', 2)}?since=1" in page


def test_nothing_waits_to_be_made_of_a_withdrawn_edition(client, hoa):
    edition = publish(volume_with("Một"))
    make_ready(edition)
    withdrawal = address("edition-withdrawal", edition.code)
    client.post(withdrawal, {"because": "Sai số."})

    files = client.get(address("edition", edition.code)).context["files"]

    assert [file.format for file in files] == ["a5"]
