import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.html import escape

from core import clock
from handbooks.models import Section
from lookup.views import RIGHTS
from registry.models import House, Room
from tests.certificates.factories import (
    DangerFactory,
    RoomFactory,
    SuspensionFactory,
)
from tests.handbooks.factories import publish, volume_with
from tests.lookup.factories import (
    CertifiedRoomFactory,
    CheckedRoomFactory,
    ExpiredFactory,
    GateFactory,
    formerly,
)
from tests.reference.factories import LegalReferenceFactory
from tests.registry.factories import CommuneFactory, HouseFactory, OtherCommuneFactory

pytestmark = pytest.mark.django_db


def labels(client, address="/rooms/", **wishes):
    """The labels of the rooms that are found, in their order."""
    response = client.get(address, wishes)
    titles = [room["url"] for room in response.context["rooms"]]
    by_code = dict(Room.objects.values_list("code", "label"))
    return [by_code[url.rstrip("/").rsplit("/", 1)[1]] for url in titles]


def test_rooms_shows_only_rooms_with_a_standing_certificate(client):
    CertifiedRoomFactory(room__label="seen")
    CertifiedRoomFactory(room__label="with conditions", conditional=True)
    RoomFactory(label="never inspected")
    ExpiredFactory(room__label="expired")
    SuspensionFactory(certificate=CertifiedRoomFactory(room__label="suspended"))
    locked = CertifiedRoomFactory(room__label="locked gate")
    DangerFactory(house=locked.room.house)
    CertifiedRoomFactory(room__label="withdrawn", room__withdrawn_at=clock.now())
    CertifiedRoomFactory(
        room__label="house gone", room__house__withdrawn_at=clock.now()
    )

    assert sorted(labels(client)) == ["seen", "with conditions"]


def test_home_is_the_search(client):
    CertifiedRoomFactory(room__label="101")

    assert labels(client, "/") == ["101"]


@pytest.mark.parametrize("address", ["/", "/rooms/", "/en/", "/en/rooms/"])
def test_rooms_needs_no_cookie_and_no_script(client, address):
    CertifiedRoomFactory()

    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "<script" not in response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_rooms_weighs_little_with_a_full_page(client):
    house = HouseFactory()
    for _ in range(13):
        CertifiedRoomFactory(room__house=house)

    response = client.get("/rooms/")

    assert len(response.context["rooms"]) == 12
    assert len(response.content) < 50_000
    compressed = client.get("/rooms/", headers={"accept-encoding": "gzip"})
    assert len(compressed.content) < 10_000


@pytest.mark.parametrize("count", [1, 3])
def test_rooms_query_count(client, count, django_assert_num_queries):
    CertifiedRoomFactory.create_batch(count)

    with django_assert_num_queries(3):
        response = client.get("/rooms/")

    assert len(response.context["rooms"]) == count


@pytest.mark.parametrize(
    ("wishes", "change"),
    [
        ({"max_rent": "1.000.000"}, {"rent": 1_000_000}),
        ({"people": "3"}, {"max_people": 3}),
        ({"toilet": "on"}, {"toilet": "own"}),
        ({"available": "on"}, {"free_from": dt.date(2026, 1, 1)}),
        ({"late": "on"}, {"house__gate": "always_open"}),
        (
            {"late": "on"},
            {
                "house__gate": "own_key",
                "house__gate_closes": dt.time(23),
                "house__gate_opens": dt.time(5),
            },
        ),
    ],
)
def test_rooms_keeps_to_a_wish(client, wishes, change):
    plain = {
        "rent": 1_200_000,
        "max_people": 2,
        "toilet": "shared",
        "house__gate": House.Gate.LOCKED,
        "house__gate_closes": dt.time(22),
        "house__gate_opens": dt.time(5),
    }
    if change.get("house__gate") == "always_open":
        change = change | {"house__gate_closes": None, "house__gate_opens": None}
    for label, facts in (("other", plain), ("wanted", plain | change)):
        CertifiedRoomFactory(
            room__label=label, **{f"room__{name}": fact for name, fact in facts.items()}
        )

    assert labels(client, **wishes) == ["wanted"]


def test_rooms_with_the_mark_of_womens_safety(client):
    CertifiedRoomFactory(room__label="with mark", women_mark=True)
    CertifiedRoomFactory(room__label="without")

    assert labels(client, women="on") == ["with mark"]


def test_rooms_of_a_commune(client):
    CertifiedRoomFactory(room__label="here")
    CertifiedRoomFactory(
        room__label="there", room__house__commune=OtherCommuneFactory()
    )

    assert labels(client, commune="00454") == ["there"]


@pytest.mark.parametrize(
    "typed",
    [
        "Ấp Tre",
        "ap tre",
        "ẤP TRE quang minh",
        "quang minh",
        "xã Quang Minh",
        "chợ gia",
        "cho gi",
        "chi dong",
        "thị trấn Chi Đông",
        "me linh",
    ],
)
def test_rooms_found_by_any_spelling_and_old_names(client, typed):
    commune = CommuneFactory()
    formerly(" thi tran chi dong | tt chi dong | huyen me linh ", commune)
    CertifiedRoomFactory(
        room__label="101",
        room__house=HouseFactory(
            commune=commune, hamlet="Thôn Ấp Tre", landmark="Sau chợ Gia"
        ),
    )

    assert labels(client, q=typed) == ["101"]


def test_rooms_nothing_found_says_what_to_do(client):
    CertifiedRoomFactory()

    response = client.get("/rooms/", {"q": "không có nơi này"})

    assert response.context["rooms"] == []
    assert 'class="empty"' in response.content.decode()


def test_rooms_nearest_to_the_gate_first_with_metres(client):
    gate = GateFactory()
    for label, latitude in (("far", 21.23), ("near", 21.191), ("middle", 21.2)):
        CertifiedRoomFactory(
            room__label=label,
            room__house__latitude=latitude,
            room__house__longitude=105.768,
        )
    CertifiedRoomFactory(
        room__label="no place",
        room__house__latitude=None,
        room__house__longitude=None,
    )

    response = client.get("/rooms/", {"near": gate.key})

    assert labels(client, near=gate.key) == ["near", "middle", "far"]
    assert [room["distance"] for room in response.context["rooms"]] == [
        111,
        1112,
        4448,
    ]


@pytest.mark.parametrize("order", ["", "rent", "near"])
def test_pages_show_every_room_once(client, order):
    gate = GateFactory()
    house = HouseFactory(latitude=21.19, longitude=105.76)
    for number in range(30):
        CertifiedRoomFactory(
            room__label=str(number),
            room__house=house,
            room__rent=1_000_000 + number % 3 * 100_000,
        )

    seen, address = [], f"/rooms/?near={gate.key}&sort={order}"
    while address:
        response = client.get(address)
        seen += [room["url"] for room in response.context["rooms"]]
        address = response.context["next_url"]

    assert len(seen) == len(set(seen)) == 30


@pytest.mark.parametrize(
    "query",
    [
        "?people=abc",
        "?max_rent=rẻ",
        "?near=nowhere",
        "?sort=x",
        "?page=~",
        "?page=x~y",
        "?page=x~1",
        "?sort=near&page=nan~1",
        "?sort=rent&page=9999999999999999999999~1",
        "?page=2026-01-01~1",
        "?page=1~99999999999999999999",
        "?q=%00",
        "?commune=99999",
        "?people=999999999999",
        "?q=" + "a" * 500,
    ],
)
def test_rooms_forgives_a_wish_that_is_not_understood(client, query):
    CertifiedRoomFactory()

    assert client.get(f"/rooms/{query}").status_code == 200


def test_room_page_says_cost_gate_and_certificate(client):
    certificate = CertifiedRoomFactory(room__label="101", room__max_people=3)

    response = client.get(f"/rooms/{certificate.room.code}/", {"people": "2"})
    text = response.content.decode()

    assert response.context["people"] == 2
    assert response.context["cost"].lines[0].amount == certificate.room.rent
    assert certificate.number in text
    assert "<script" not in text
    assert not response.cookies


def test_room_page_query_count(client, django_assert_num_queries):
    certificate = CheckedRoomFactory()

    # the room, the prices, the law, the handbook's sections
    with django_assert_num_queries(4):
        client.get(f"/rooms/{certificate.room.code}/")


@pytest.mark.parametrize("language", ["", "/en"])
def test_room_page_says_what_was_seen_in_the_certificates_words(client, language):
    certificate = CheckedRoomFactory(women_mark=True)
    words = certificate.words[language.strip("/") or "vi"]

    text = client.get(f"{language}/rooms/{certificate.room.code}/").content.decode()

    for part in (words["seen"], words["promise"], *words["not_checked"]):
        assert escape(part) in text
    for section in words["sections"]:
        assert escape(section["name"]) in text
    assert f'<td class="number">{words["sections"][0]["seen"]}/' in text


def test_room_page_explains_the_womens_mark(client):
    with_mark = CheckedRoomFactory(women_mark=True)
    without = CheckedRoomFactory()

    texts = [
        client.get(f"/rooms/{certificate.room.code}/").content.decode()
        for certificate in (with_mark, without)
    ]

    assert "đều đã xem và đạt" in texts[0]
    assert "Chưa có dấu “An toàn cho phụ nữ”" in texts[1]


def test_room_page_states_rights_with_the_law_in_force(client):
    certificate = CertifiedRoomFactory()
    LegalReferenceFactory(
        key="law-91-2015-art-328", summary={"vi": "Cọc được trả", "en": "Deposit"}
    )
    LegalReferenceFactory(key="law-118-2025-art-4", confidence="U")
    over = DateRange(None, clock.today())
    LegalReferenceFactory(key="decree-133-2026-art-13", in_force=over)

    response = client.get(f"/rooms/{certificate.room.code}/")

    (law,) = response.context["rights"]
    assert law.key == "law-91-2015-art-328"
    text = response.content.decode()
    assert "Cọc được trả" in text
    assert law.citation in text


def test_room_page_leads_to_what_the_handbook_says_of_it(client):
    certificate = CertifiedRoomFactory()
    volume = volume_with("Tiền cọc")
    Section.objects.update(slug="the-deposit")
    publish(volume)

    text = client.get(f"/rooms/{certificate.room.code}/").content.decode()

    assert '<a href="/handbooks/workers/the-deposit/">Tiền cọc</a>' in text


def test_room_page_weighs_little(client):
    for key in RIGHTS:
        LegalReferenceFactory(key=key)
    certificate = CheckedRoomFactory()

    response = client.get(
        f"/rooms/{certificate.room.code}/", headers={"accept-encoding": "gzip"}
    )

    assert len(response.content) < 20_000


def test_room_without_certificate_has_no_page(client):
    room = RoomFactory()
    expired = ExpiredFactory()

    assert client.get(f"/rooms/{room.code}/").status_code == 404
    assert client.get(f"/rooms/{expired.room.code}/").status_code == 404


@pytest.mark.parametrize("typed", ["abc-def", "k7m29qxt", "%20K7M2"])
def test_room_code_in_another_spelling_leads_to_the_page(client, typed):
    response = client.get(f"/rooms/{typed}/")

    assert response.status_code == 302
    assert response.headers["Location"].removeprefix("/rooms/").strip("/").isupper()


def test_public_pages_never_tell_who_the_landlord_is(client):
    certificate = CertifiedRoomFactory()
    landlord = certificate.room.house.landlord
    landlord.contact_shown = True
    landlord.full_name = "Chủ Nhà Bí Mật"
    landlord.save()

    for address in (
        "/",
        f"/rooms/{certificate.room.code}/",
        f"/c/{certificate.code}/",
        "/api/v1/lookup/rooms/",
        f"/api/v1/lookup/certificates/{certificate.code}/",
    ):
        text = client.get(address).content.decode()
        assert landlord.full_name not in text
        assert landlord.phone not in text
        assert landlord.phone[3:] not in text


def test_api_rooms_answers_like_the_page(client):
    certificate = CertifiedRoomFactory(
        room__water="per_person", room__water_price=50_000
    )

    answer = client.get("/api/v1/lookup/rooms/", {"people": 2}).json()

    (found,) = answer["results"]
    assert answer["next"] == ""
    assert found["code"] == certificate.room.code
    assert (found["people"], found["rent"]) == (2, 1_200_000)
    assert found["cost"] == 1_300_000


@pytest.mark.parametrize("count", [1, 3])
def test_api_rooms_query_count(client, count, django_assert_num_queries):
    CertifiedRoomFactory.create_batch(count)

    with django_assert_num_queries(3):
        answer = client.get("/api/v1/lookup/rooms/").json()

    assert len(answer["results"]) == count


@pytest.mark.parametrize("people", ["²", "٣", "-1", "99", "two"])
def test_room_forgives_a_number_of_people_that_is_none(client, people):
    code = CertifiedRoomFactory().room.code

    response = client.get(f"/rooms/{code}/", {"people": people})

    assert response.status_code == 200


@pytest.mark.parametrize("code", ["-", "%00", "..."])
def test_room_of_no_code_is_not_there(client, code):
    assert client.get(f"/rooms/{code}/").status_code == 404


def test_room_whose_certificate_rests_looks_like_one_that_never_was(client):
    resting = SuspensionFactory(certificate=CertifiedRoomFactory()).certificate

    sent = client.get(f"/rooms/{resting.room.code}/")
    unknown = client.get("/rooms/22222222/")

    assert (sent.status_code, unknown.status_code) == (404, 404)
    assert "Phòng này hiện không có giấy chứng nhận" in sent.content.decode()
    nothing_else = unknown.content.replace(b"22222222", resting.room.code.encode())
    assert sent.content == nothing_else
