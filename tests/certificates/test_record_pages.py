"""Where the reviewer compares two records of one visit."""

import hashlib

import pytest

from accounts.models import Role
from core import jobs
from inspections.models import Settlement, Submission
from tests.accounts.factories import staff
from tests.certificates.factories import RoomResultFactory
from tests.certificates.test_settling import (
    FAILS,
    FIRE,
    IN_DANGER,
    decide,
    shown,
    visit,
)
from tests.inspections.factories import (
    PASSING_ROOM,
    VisitFactory,
    next_version,
    receive,
    receive_twin,
)
from tests.registry.factories import (
    HouseFactory,
    OtherCommuneFactory,
    RoomFactory,
    jpeg,
)

pytestmark = pytest.mark.django_db
__all__ = ["visit"]


@pytest.fixture
def by():
    return staff(Role.REVIEWER)


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


@pytest.fixture
def twin(visit):
    receive(visit)
    return receive_twin(visit, house_part=FAILS, notes="Cửa bị kẹt.")


def address(twin):
    return f"/en/office/reviews/records/{twin.pk}/"


CHOICES = {FIRE: "second", "notes": "first", "because": "Cô Lan nói bản sau đúng."}


def rows(page):
    return {
        row.label: (row.first, row.second)
        for place, fields in page.context["places"]
        for row, _field in fields
    }


def test_page_shows_what_differs_and_nothing_else(desk, twin):
    page = desk.get(address(twin))

    shown = rows(page)
    assert list(shown) == ["FIR-08?", "Notes at the end"]
    first, second = shown["FIR-08?"]
    assert (first.result, second.result, second.note) == ("pass", "fail", "rách")
    assert shown["Notes at the end"][0] is None
    assert "Says nothing here" in page.content.decode()


def test_page_says_who_sent_each_and_when(desk, visit, twin):
    html = desk.get(address(twin)).content.decode()

    assert html.count(str(visit.inspector)) >= 2
    assert f"?record={twin.pk}" in html
    assert f"?record={visit.submissions.accepted().get().pk}" in html


def test_photos_of_both_sides_are_shown(desk, visit):
    receive(visit, photos=[shown(jpeg(64, 48, "red"))], house_part=_with_photo("red"))
    twin = receive_twin(
        visit, photos=[shown(jpeg(64, 48, "blue"))], house_part=_with_photo("blue")
    )
    jobs.run_waiting("inspections.develop_photos")

    page = desk.get(address(twin))

    html = page.content.decode()
    assert "Only the photos are other ones" in html
    assert html.count("/small") == 2


def _with_photo(colour):
    sha256 = hashlib.sha256(jpeg(64, 48, colour)).hexdigest()
    answers = FAILS["answers"] | {"FIR-08": {"result": "pass", "photos": [sha256]}}
    return FAILS | {"answers": answers}


def test_choosing_makes_one_record_that_can_be_decided(desk, visit, twin, by):
    answer = desk.post(address(twin), CHOICES, follow=True)

    settled = Submission.objects.get(settlement__isnull=False)
    assert answer.redirect_chain[0][0] == f"/en/office/reviews/{settled.pk}/"
    assert Settlement.objects.get().choices == {FIRE: "second", "notes": "first"}
    html = answer.content.decode()
    assert "One record is made of the two" in html
    assert f"Made of two records by {by}" in html
    assert decide(settled, by=by)


def test_everything_is_taken_from_one_side_first_and_nothing_is_made_yet(desk, twin):
    page = desk.post(address(twin), {"all": "second", "because": "Vì"})

    assert not Settlement.objects.exists()
    html = page.content.decode()
    assert html.count("checked") == 2
    assert 'value="second" checked' in html
    assert "Vì</textarea>" in html


@pytest.mark.parametrize("left_out", ["because", FIRE])
def test_each_line_and_the_reason_are_asked_for(desk, twin, left_out):
    page = desk.post(address(twin), {**CHOICES, left_out: ""})

    assert left_out in page.context["form"].errors
    assert not Settlement.objects.exists()


def test_what_was_settled_is_shown_and_cannot_be_chosen_again(desk, twin):
    desk.post(address(twin), CHOICES)

    page = desk.get(address(twin))
    html = page.content.decode()
    assert CHOICES["because"] in html
    assert html.count("checked") == 2
    assert "Make one record of the two" not in html

    desk.post(address(twin), CHOICES | {"notes": "second"})
    assert Settlement.objects.count() == 1


def test_what_is_said_in_private_is_not_shown(desk, visit):
    receive(visit)
    secret = {"WOM-09": {"result": "fail", "note": "Điều chỉ nói riêng."}}
    part = FAILS | {"answers": FAILS["answers"] | secret}
    twin = receive_twin(visit, house_part=part)

    html = desk.get(address(twin)).content.decode()

    assert "Điều chỉ nói riêng." not in html
    assert "WOM-09?" not in html


def test_who_inspected_sees_why_she_cannot_choose(client, visit, twin):
    visit.inspector.memberships.create(role=Role.REVIEWER, everywhere=True)
    client.force_login(visit.inspector)

    page = client.post(address(twin), CHOICES)

    assert "who inspected cannot decide" in page.content.decode()
    assert "Make one record of the two" not in page.content.decode()
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda visit: staff(Role.REVIEWER, OtherCommuneFactory()), 404),
        (lambda visit: visit.house.landlord.user, 403),
        (lambda visit: visit.inspector, 403),
        (lambda visit: staff(Role.COORDINATOR), 403),
    ],
)
def test_page_is_the_reviewers_of_the_commune(client, visit, twin, who, status):
    client.force_login(who(visit))

    assert client.get(address(twin)).status_code == status
    assert client.post(address(twin), CHOICES).status_code == status
    assert not Settlement.objects.exists()


def test_record_that_counts_has_no_such_page(desk, visit, twin):
    counting = visit.submissions.accepted().get()

    assert desk.get(address(counting)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_a_fixed_number_of_queries(desk, count, django_assert_num_queries):
    house = HouseFactory()
    rooms = RoomFactory.create_batch(count, house=house)
    visit = VisitFactory(house=house)
    receive(visit)
    said = {"facts": {"sleepers": 1}, "answers": {"SEC-01": {"result": "fail"}}}
    twin = receive_twin(visit, rooms=[{"id": room.code} | said for room in rooms])

    with django_assert_num_queries(11):
        page = desk.get(address(twin))

    assert len(page.context["places"]) == count


# --- where it is said --------------------------------------------------------------------


def test_review_page_leads_to_the_comparison_instead_of_a_decision(desk, visit, twin):
    counting = visit.submissions.accepted().get()
    review = f"/en/office/reviews/{counting.pk}/"

    page = desk.get(review)

    html = page.content.decode()
    assert address(twin) in html
    assert "Save these decisions" not in html
    assert "/return/" in html
    room = visit.house.rooms.get()
    desk.post(review, {f"room-{room.code}-outcome": "certify"})
    assert not room.decisions.exists()


def test_queue_names_what_is_not_settled(desk, twin):
    html = desk.get("/en/office/reviews/").content.decode()

    assert address(twin) in html


def test_danger_that_only_the_second_record_tells_comes_first(desk, visit, twin):
    other = VisitFactory(house=RoomFactory().house)
    receive(other)
    danger = receive_twin(other, house_part=IN_DANGER)

    queue = desk.get("/en/office/reviews/")
    page = desk.get(address(danger)).content.decode()

    assert queue.context["unsettled"] == [danger, twin]
    assert "somebody may be in danger" in page
    assert "FIR-01?" in page
    assert "in danger" not in desk.get(address(twin)).content.decode()


def test_queue_of_another_commune_does_not(client, twin):
    client.force_login(staff(Role.REVIEWER, OtherCommuneFactory()))

    assert address(twin) not in client.get("/en/office/reviews/").content.decode()


def test_another_visit_of_the_same_day_is_linked(desk):
    room = RoomFactory(label="101")
    one = RoomResultFactory(room=room)
    other = RoomResultFactory(room=room, submission__visit__planned_by=None)

    html = desk.get(f"/en/office/reviews/{one.submission.pk}/").content.decode()

    assert "Another visit to this house on the same day" in html
    assert f"/en/office/reviews/{other.submission.pk}/" in html
    assert "Nobody had planned that visit." in html
    assert "Rooms seen: 101." in html


# --- two versions of the checklist -------------------------------------------------------


@pytest.fixture
def newer(visit):
    """A second record, made with a newer version in which something burns."""
    receive(visit)
    version = next_version(visit.version)
    room = visit.house.rooms.get()
    answers = {"FIR-01": {"result": "fail"}, "ELE-01": {"result": "fail", "note": "hở"}}
    said = PASSING_ROOM["answers"] | {"SPC-01": {"choice": "small"}}
    return receive_twin(
        visit,
        version=version.number,
        house_part={"facts": {"floors": 1}, "answers": answers},
        rooms=[{"id": room.code} | PASSING_ROOM | {"answers": said}],
    )


def test_what_only_one_version_asks_is_shown_as_such(desk, newer):
    page = desk.get(address(newer))

    shown = {
        row.code: (row.first and row.first.result, row.second and row.second.result)
        for place, fields in page.context["places"]
        for row, _field in fields
    }
    assert shown == {
        "FIR-01": ("pass", "fail"),
        "FIR-08": ("pass", None),
        "ELE-01": (None, "fail"),
        "SPC-01": ("pass", "fail"),
    }
    html = page.content.decode()
    assert html.count("checklist asks this") == 2
    assert "ask this in different ways" in html
    assert page.context["dangers"] == ["FIR-01?", "ELE-01?"]


def test_what_both_versions_ask_is_chosen_and_nothing_else(desk, newer, visit):
    choice = {"house.answers.FIR-01": "second", "because": "Đã gọi cô Lan."}

    answer = desk.post(address(newer), choice)

    settled = Submission.objects.get(settlement__isnull=False)
    assert answer.status_code == 302
    assert settled.version == visit.version
    assert "other_version" not in settled.flags
    house = settled.document["house_part"]["answers"]
    assert {code: said["result"] for code, said in house.items()} == {
        "FIR-01": "fail",
        "FIR-08": "pass",
    }
    (room,) = settled.document["rooms"]
    assert room["answers"] == PASSING_ROOM["answers"]
    newer.refresh_from_db()
    assert newer.document["house_part"]["answers"]["ELE-01"]["note"] == "hở"


def test_record_of_another_version_is_read_whole_by_its_own(desk, newer):
    page = desk.get(f"/en/office/visits/{newer.visit_id}/?record={newer.pk}")

    html = page.content.decode()
    assert "ELE-01?" in html
    assert "FIR-08?" not in html


def test_review_and_its_list_open_with_a_record_of_another_version(desk, newer, visit):
    first = visit.submissions.accepted().get()

    pages = [
        desk.get("/en/office/reviews/"),
        desk.get(f"/en/office/reviews/{first.pk}/"),
        desk.get(f"/en/office/visits/{visit.pk}/"),
        desk.get("/en/office/"),
    ]

    assert [page.status_code for page in pages] == [200] * 4
