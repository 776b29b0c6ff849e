import datetime as dt
import re
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Role
from certificates.actions import decide, suspend
from certificates.history import SENTENCES
from certificates.models import Certificate, Print
from core import clock, icons
from core.models import Event, record
from tests.accounts.factories import UserFactory, staff
from tests.certificates.factories import (
    CertificateFactory,
    DangerFactory,
    RoomResultFactory,
    reviewer,
)
from tests.inspections.factories import TieFactory
from tests.registry.factories import HouseFactory, OtherCommuneFactory, RoomFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
ACTING_ROOMS = ("registry", "inspections", "certificates")

LIST = "/en/office/certificates/"
ENDINGS = ["suspension", "lifting", "revocation"]


@pytest.fixture
def by():
    return staff(Role.REVIEWER)


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


@pytest.fixture
def issued(by):
    result = RoomResultFactory()
    decide(submission=result.submission, room=result.room, outcome="certify", by=by)
    return Certificate.objects.get()


def found(response):
    return list(response.context["certificates"])


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_fixed_number_of_queries(desk, count, django_assert_num_queries):
    CertificateFactory.create_batch(count)

    with django_assert_num_queries(6):
        response = desk.get(LIST)

    assert len(found(response)) == count


def test_list_filters(desk):
    today = clock.today()
    soon = CertificateFactory(period=DateRange(today, today + dt.timedelta(days=20)))
    far = CertificateFactory(
        room=RoomFactory(house__commune=OtherCommuneFactory()), conditional=True
    )
    resting = CertificateFactory()
    suspend(certificate=resting, because="Có tin báo.", by=UserFactory())

    def get(query):
        return set(found(desk.get(f"{LIST}{query}")))

    assert get("") == {soon, far, resting}
    assert get("?status=suspended") == {resting}
    assert get("?status=conditional") == {far}
    assert get("?commune=00454") == {far}
    assert get("?ending=30") == {soon}
    assert get("?ending=30&status=suspended") == set()
    assert get(f"?q={soon.code.lower()}") == {soon}
    assert get(f"?q={far.room.house.number}") == {far}
    assert get(f"?q={resting.number}") == {resting}
    assert get("?status=nonsense") == {soon, far, resting}
    assert get(f"?before={resting.pk}") == {soon, far}
    assert get("?before=x") == {soon, far, resting}


def test_list_goes_on_by_position(desk, monkeypatch):
    monkeypatch.setattr("certificates.views.certificates.ROWS", 2)
    oldest, middle, newest = CertificateFactory.create_batch(3)

    first = desk.get(f"{LIST}?status=valid")
    second = desk.get(LIST + first.context["next_url"])

    assert found(first) == [newest, middle]
    assert first.context["next_url"] == f"?status=valid&before={middle.pk}"
    assert found(second) == [oldest]
    assert second.context["next_url"] == ""


def test_certificate_says_why_it_is_suspended(desk, issued, by):
    DangerFactory(house=issued.room.house)
    suspend(certificate=issued, because="Có tin báo.", by=by)

    html = desk.get(f"{LIST}{issued.number}/").content.decode()

    assert "FIR-01?" in html
    assert "Có tin báo." in html
    assert "Lift the suspension" in html


def test_certificate_tells_what_happened(desk, issued):
    html = desk.get(f"{LIST}{issued.number}/").content.decode()

    assert (
        f"Certificate {issued.number} was issued for room {issued.room.label}" in html
    )
    assert issued.words["en"]["seen"] in html.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("what", "status", "kind"),
    [
        ("suspension", "suspended", "certificate.suspended"),
        ("revocation", "revoked", "certificate.revoked"),
    ],
)
def test_certificate_is_ended_with_a_reason(desk, issued, by, what, status, kind):
    response = desk.post(f"{LIST}{issued.number}/{what}/", {"because": "Có tin báo."})

    assert response["Location"] == f"{LIST}{issued.number}/"
    assert Certificate.objects.with_status().get().status == status
    event = Event.objects.under(issued.room.house).first()
    assert (event.kind, event.by, event.data["because"]) == (kind, by, "Có tin báo.")


def test_suspension_is_lifted(desk, issued, by):
    suspend(certificate=issued, because="Có tin báo.", by=by)

    desk.post(f"{LIST}{issued.number}/lifting/", {"because": "Tin báo nhầm."})

    assert Certificate.objects.with_status().get().status == "valid"


def test_refusal_is_said_on_the_page(desk, issued):
    response = desk.post(f"{LIST}{issued.number}/lifting/", {"because": "Đã sửa."})

    assert response.context["form"].non_field_errors() == [
        "Nobody has suspended this certificate."
    ]


@pytest.mark.parametrize("what", ENDINGS)
def test_ending_asks_for_a_reason(desk, issued, what):
    response = desk.post(f"{LIST}{issued.number}/{what}/", {"because": ""})

    assert "because" in response.context["form"].errors
    assert Certificate.objects.with_status().get().status == "valid"


@pytest.mark.parametrize("what", ENDINGS)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("nobody", 302),
        ("landlord", 403),
        ("coordinator", 403),
        ("tied", 403),
        ("elsewhere", 404),
        ("reviewer", 200),
    ],
)
def test_only_a_reviewer_without_a_tie_ends_certificates(
    client, issued, what, who, status
):
    login(client, issued, who)

    response = client.get(f"/office/certificates/{issued.number}/{what}/")

    assert response.status_code == status


def login(client, certificate, who):
    house = certificate.room.house
    if who == "nobody":
        return
    if who == "tied":
        user = reviewer(house)
        TieFactory(house=house, inspector=user)
    else:
        user = {
            "landlord": lambda: house.landlord.user,
            "other landlord": lambda: RoomFactory().house.landlord.user,
            "inspector": lambda: staff(Role.INSPECTOR, house.commune),
            "coordinator": lambda: staff(Role.COORDINATOR, house.commune),
            "administrator": lambda: staff(Role.ADMINISTRATOR, house.commune),
            "elsewhere": lambda: staff(Role.REVIEWER, OtherCommuneFactory()),
            "reviewer": lambda: reviewer(house),
        }[who]()
    client.force_login(user)


OFFICE = {
    "nobody": 302,
    "landlord": 403,
    "inspector": 403,
    "elsewhere": 404,
    "tied": 200,
    "coordinator": 200,
    "administrator": 200,
    "reviewer": 200,
}


@pytest.mark.parametrize("who", OFFICE)
@pytest.mark.parametrize("url", ["certificates/{number}/", "houses/{house}/history/"])
def test_office_pages_are_the_offices(client, issued, url, who):
    login(client, issued, who)

    response = client.get(
        "/office/" + url.format(number=issued.number, house=issued.room.house.number)
    )

    assert response.status_code == OFFICE[who]


@pytest.mark.parametrize("who", OFFICE)
def test_list_holds_only_the_communes_of_the_reader(client, issued, who):
    login(client, issued, who)

    response = client.get("/office/certificates/")

    if who == "elsewhere":
        assert found(response) == []
    else:
        assert response.status_code == OFFICE[who]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("nobody", 302),
        ("landlord", 200),
        ("other landlord", 404),
        ("inspector", 404),
        ("elsewhere", 404),
        ("coordinator", 200),
        ("reviewer", 200),
    ],
)
def test_print_is_for_the_office_and_the_rooms_landlord(client, issued, who, status):
    login(client, issued, who)

    response = client.get(f"/landlord/certificates/{issued.number}/print?format=a5")

    assert response.status_code == status
    if status == 200:
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")


def test_landlord_prints_no_paper_that_does_not_count(client, issued):
    client.force_login(issued.room.house.landlord.user)
    url = f"/landlord/certificates/{issued.number}/print?format=a5"
    suspend(
        certificate=issued, because="Cửa thoát bị khoá.", by=reviewer(issued.room.house)
    )

    response = client.get(url)

    assert response.status_code == 409
    assert not Print.objects.exists()


def test_reprint_is_the_same_bytes_and_may_be_kept(desk, issued):
    url = f"{LIST}{issued.number}/print/?format=a4"

    first, second = desk.get(url), desk.get(url)
    third = desk.get(url, headers={"If-None-Match": first["ETag"]})

    assert first.content == second.content
    assert first["ETag"] == f'"{Print.objects.get().sha256}"'
    assert first["Cache-Control"] == "private, max-age=31536000, immutable"
    assert (third.status_code, third.content) == (304, b"")


def test_there_is_no_other_format(desk, issued):
    assert desk.get(f"{LIST}{issued.number}/print/?format=a3").status_code == 404


def test_nothing_is_printed_by_a_post(desk, issued):
    assert desk.post(f"{LIST}{issued.number}/print/").status_code == 405


def test_history_tells_what_was_done_in_words(desk, issued, by):
    house = issued.room.house
    record("house.registered", house, by=house.landlord.user, rooms=3)
    record(
        "room.changed",
        issued.room,
        under=house,
        by=by,
        before={"rent": 1_000_000},
        after={"rent": 1_200_000},
    )
    record("bell.rung", house, by=None)

    response = desk.get(f"/en/office/houses/{house.number}/history/")

    lines = response.context["lines"]
    assert [line.sentence for line in lines] == [
        "bell.rung",
        f"Facts of room {issued.room.label} were changed.",
        "The house was registered with 3 rooms.",
        f"Certificate {issued.number} was issued for room {issued.room.label}, until "
        f"{issued.valid_until:%d/%m/%Y}.",
        f"Room {issued.room.label} was decided: Certify.",
    ]
    assert lines[1].details == ["rent, đồng a month: 1000000 → 1200000"]


@pytest.mark.parametrize("count", [1, 3])
def test_history_asks_a_fixed_number_of_queries(
    desk, by, count, django_assert_num_queries
):
    house = HouseFactory()
    for room in RoomFactory.create_batch(count, house=house):
        record("room.withdrawn", room, under=house, by=by)

    with django_assert_num_queries(7):
        desk.get(f"/en/office/houses/{house.number}/history/")


def test_history_goes_on_by_position(desk, by, monkeypatch):
    monkeypatch.setattr("certificates.views.history.ROWS", 1)
    house = RoomFactory().house
    record("house.begun", house, by=by)
    record("house.withdrawn", house, by=by)
    url = f"/en/office/houses/{house.number}/history/"

    first = desk.get(url)
    second = desk.get(url + first.context["next_url"])

    assert [line.event.kind for line in second.context["lines"]] == ["house.begun"]
    assert second.context["next_url"] == ""


def test_every_kind_of_act_has_its_sentence_and_picture():
    assert {icon for icon, _words in SENTENCES.values()} <= set(icons.names())


KINDS = [
    ("house.withdrawn", {}, "The house was withdrawn.", []),
    ("rooms.added", {"labels": ["101", "102"]}, "Rooms were added: 101, 102.", []),
    (
        "house.changed",
        {"before": {"floors": 1, "odd": None}, "after": {"floors": 2, "odd": "x"}},
        "Facts of the house were changed.",
        ["odd: – → x", "floors: 1 → 2"],
    ),
    (
        "visit.planned",
        {"planned_for": "2026-11-21"},
        "A visit was planned for 21/11/2026.",
        [],
    ),
    (
        "visit.received",
        {"photos": 4, "opened": [1, 2], "closed": [1]},
        "A visit came in, with 4 photos.",
        ["2 things to be repaired", "1 repaired"],
    ),
    (
        "visit.returned",
        {"note": "Chụp lại."},
        "The visit was sent back to the inspector.",
        ["Chụp lại."],
    ),
    ("repair.claimed", {}, "A repair was reported: ?.", []),
    (
        "certificate.printed",
        {"number": "1", "format": "a5"},
        "Certificate 1 was printed: Door certificate, A5.",
        [],
    ),
]


@pytest.mark.parametrize(("kind", "data", "sentence", "details"), KINDS)
def test_act_in_words(desk, by, kind, data, sentence, details):
    house = RoomFactory().house
    record(kind, house, by=by, **data)

    response = desk.get(f"/en/office/houses/{house.number}/history/")

    (line,) = response.context["lines"]
    assert (line.sentence, line.details) == (sentence, details)


ABOUT_A_HOUSE = (
    r'"((?:house|rooms?|photo|tie|visit|repair|finding|certificate)\.[a-z_]+)"'
)


def test_history_has_words_for_every_act_on_a_house():
    acts = [path for room in ACTING_ROOMS for path in (ROOT / room).rglob("*.py")]
    recorded = {
        kind
        for path in acts
        if "actions" in path.parts
        for kind in re.findall(ABOUT_A_HOUSE, path.read_text("utf-8"))
    }

    assert len(recorded) > 20
    assert recorded - SENTENCES.keys() == set()
