"""The editors' lists: what is to do, in how many queries, and to whom they are shown."""

import pytest
from django.urls import reverse

from accounts.models import Role
from handbooks import actions, office_urls
from handbooks.models import Section, Volume
from handbooks.standing import shelves
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    PictureFactory,
    RevisionFactory,
    VolumeFactory,
    editor,
    publish,
    rewrite,
    volume_with,
)

pytestmark = pytest.mark.django_db

BOOK = ["workers", "vi"]
SECTION = [*BOOK, "muc-1"]
PAGES = [
    ("office", []),
    ("alarms", []),
    ("pictures", []),
    ("covers", []),
    ("office-book", BOOK),
    ("new-section", BOOK),
    ("order", BOOK),
    ("words", BOOK),
    ("editions", BOOK),
    ("edition", ["WORKERS-VI-1"]),
    ("edit", SECTION),
    ("section-withdrawal", SECTION),
    ("discard", SECTION),
    ("description", ["khu-tro"]),
    ("history", SECTION),
    ("difference", [*SECTION, 1]),
]
POSTED = [
    ("languages", BOOK),
    ("draft", SECTION),
    ("preview", SECTION),
    ("paper", SECTION),
    ("facts", SECTION),
    ("comments", SECTION),
    ("settlement", [*SECTION, 1]),
    ("restoration", [*SECTION, 1]),
    ("publication", ["WORKERS-VI-1"]),
    ("return", ["WORKERS-VI-1"]),
    ("edition-withdrawal", ["WORKERS-VI-1"]),
    ("with-cover", ["WORKERS-VI-1"]),
    ("edition-file", ["WORKERS-VI-1", "a5"]),
    ("cover-end", [1]),
]
STRANGERS = {
    "a landlord": UserFactory,
    "a reviewer": lambda: staff(Role.REVIEWER),
    "a print officer": lambda: staff(Role.PRINT_OFFICER),
    "an administrator": lambda: staff(Role.ADMINISTRATOR),
}


def address(name, arguments=()):
    return reverse(f"handbooks:{name}", args=arguments)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_pages_are_not_there_for_who_is_no_editor(client, stranger):
    publish(volume_with("Khoá và chìa"))
    client.force_login(STRANGERS[stranger]())

    shown = {client.get(address(*page)).status_code for page in PAGES}
    done = {client.post(address(*page)).status_code for page in PAGES + POSTED}

    assert (shown, done) == ({404}, {404})
    assert Volume.objects.get().editions.get().state == "published"


def test_every_address_of_the_desk_is_among_these():
    names = {pattern.name for pattern in office_urls.urlpatterns}

    assert names == {name for name, _arguments in PAGES + POSTED}


def test_who_is_not_signed_in_is_asked_to(client):
    volume_with("Khoá và chìa")
    places = [address(*place) for place in PAGES]

    asked = {client.get(place).url for place in places}

    assert asked == {f"/account/login/?next={place}" for place in places}


@pytest.mark.parametrize("place", PAGES, ids=lambda place: place[0])
def test_every_page_opens_for_an_editor(client, place):
    volume = volume_with("Khoá và chìa")
    publish(volume)
    PictureFactory(name="khu-tro")
    hoa = editor()
    actions.save_draft(
        section=Section.objects.get(),
        language=volume.language,
        by=hoa,
        title="Khoá",
        summary="",
        body="Đang viết",
        base=None,
    )
    client.force_login(hoa)

    assert client.get(address(*place)).status_code == 200


@pytest.mark.parametrize("sections", [1, 3])
@pytest.mark.parametrize(
    ("name", "arguments", "queries"),
    [
        ("office", [], 15),
        ("office-book", BOOK, 17),
        ("order", BOOK, 15),
        ("editions", BOOK, 11),
        ("edition", ["WORKERS-VI-1"], 9),
        ("history", SECTION, 10),
        ("edit", SECTION, 15),
        ("alarms", [], 7),
    ],
)
def test_page_asks_as_often_for_three_sections_as_for_one(
    client, django_assert_num_queries, name, arguments, queries, sections
):
    volume = volume_with(*["Một", "Hai", "Ba"][:sections])
    publish(volume)
    for section in Section.objects.all():
        rewrite(volume, section.slug, "Lời mới.\n")
        actions.comment(
            section=section, language=volume.language, by=editor(), text="Rõ hơn nhé."
        )
    client.force_login(editor())

    with django_assert_num_queries(queries):
        client.get(address(name, arguments))


def test_shelf_tells_what_changed_since_the_edition():
    volume = volume_with("Một", "Hai", "Ba")
    publish(volume)
    rewrite(volume, "muc-1", "Lời mới.\n")
    actions.withdraw_section(section=Section.objects.get(slug="muc-3"), by=editor())
    actions.add_section(
        handbook=volume.handbook, language=volume.language, by=editor(), title="Bốn"
    )

    [shelf] = shelves([volume])

    states = {one.section.slug: one.states for one in shelf.sections}
    assert states == {
        "muc-1": ["changed"],
        "muc-2": ["as_published"],
        "bon": ["missing"],
    }
    assert (shelf.edition.number, shelf.changes, shelf.missing) == (1, 2, 1)


def test_translation_is_behind_when_the_original_moves_on():
    volume = volume_with("Một", "Hai")
    english = EnglishVolumeFactory(handbook=volume.handbook)
    first, second = Section.objects.order_by("order")
    for section in (first, second):
        RevisionFactory(
            section=section,
            language=english.language,
            follows=section.text_in(volume.language),
        )
    rewrite(volume, "muc-1", "Lời mới.\n")

    [shelf] = shelves([english])

    assert [one.is_behind for one in shelf.sections] == [True, False]
    assert (shelf.behind, shelf.missing) == (1, 0)


def test_shelf_tells_who_is_writing():
    volume = volume_with("Một")
    hoa = editor()
    actions.save_draft(
        section=Section.objects.get(),
        language=volume.language,
        by=hoa,
        title="Một",
        summary="",
        body="Đang viết",
        base=None,
    )

    [shelf] = shelves([volume])

    assert shelf.people == [hoa]


def test_new_section_stands_last_and_waits_as_a_draft(client):
    volume_with("Một", "Hai")
    client.force_login(editor())

    response = client.post(
        address("new-section", BOOK), {"title": "Ổ khoá", "items": "sec-01, SEC-02"}
    )

    made = Section.objects.get(slug="o-khoa")
    assert response.url == address("edit", [*BOOK, "o-khoa"])
    assert (made.order, made.items) == (3, ["SEC-01", "SEC-02"])
    assert made.drafts.get().title == "Ổ khoá"


def test_section_goes_to_the_place_that_is_typed(client):
    volume_with("Một", "Hai", "Ba", "Bốn")
    client.force_login(editor())

    client.post(address("order", BOOK), {"place-muc-4": "2", "place-muc-1": "x"})
    there = list(Section.objects.order_by("order").values_list("slug", flat=True))
    client.post(address("order", BOOK), {"place-muc-1": "4"})
    back = list(Section.objects.order_by("order").values_list("slug", flat=True))

    assert there == ["muc-1", "muc-4", "muc-2", "muc-3"]
    assert back == ["muc-4", "muc-2", "muc-3", "muc-1"]


def test_section_is_withdrawn_and_brought_back(client):
    volume_with("Một", "Hai")
    client.force_login(editor())

    client.post(address("section-withdrawal", SECTION))
    withdrawn = list(Section.objects.standing().values_list("slug", flat=True))
    client.post(address("section-withdrawal", SECTION))

    assert withdrawn == ["muc-2"]
    assert Section.objects.standing().count() == 2


def test_withdrawn_section_is_named_by_its_title(client):
    volume_with("Một", "Khoá và chìa")
    EnglishVolumeFactory()
    client.force_login(editor())

    there = ["workers", "en", "muc-2"]
    asked = client.get(address("section-withdrawal", there)).content.decode()
    client.post(address("section-withdrawal", there))
    [withdrawn] = client.get(address("office-book", BOOK)).context["withdrawn"]

    assert "“Khoá và chìa”" in asked
    assert withdrawn.title == "Khoá và chìa"


def test_language_is_added_as_data(client):
    volume_with("Một")
    client.force_login(editor())
    words = {"code": "km", "name": "ភាសាខ្មែរ", "title": "បន្ទប់"}

    response = client.post(address("languages", BOOK), words)
    again = client.post(address("languages", BOOK), words)

    assert response.url == address("office-book", ["workers", "km"])
    assert client.get(response.url).status_code == 200
    assert again.status_code == 200
    assert Volume.objects.filter(language="km").count() == 1


def test_imprint_with_a_wrong_line_is_shown_again(client):
    volume = VolumeFactory()
    client.force_login(editor())
    words = {"title": "Tên mới", "imprint": "# Sai\n"}

    response = client.post(address("words", BOOK), words)
    volume.refresh_from_db()

    assert list(response.context["form"].errors) == ["imprint"]
    assert volume.title == "Nhà trọ thử"
