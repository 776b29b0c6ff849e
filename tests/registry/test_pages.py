import datetime as dt

import pytest
from django.contrib.messages import get_messages

from accounts.models import ConsentText
from core.models import Event
from registry.models import House, Landlord, Room
from tests.accounts.factories import UserFactory
from tests.reference.factories import FormerUnitFactory, SuccessionFactory
from tests.registry.factories import (
    CommuneFactory,
    DraftHouseFactory,
    FeeFactory,
    HouseFactory,
    LandlordFactory,
    OtherCommuneFactory,
    PhotoFactory,
    RoomFactory,
    RoomPhotoFactory,
    WithdrawnHouseFactory,
    WithdrawnRoomFactory,
)

pytestmark = pytest.mark.django_db

ROOM = {
    "area": "12,5 m2",
    "max_people": "2",
    "rent": "1,2 triệu",
    "deposit": "",
    "electricity": "per_kwh",
    "electricity_price": "3.500đ",
    "water": "included",
    "water_price": "9 999",
    "toilet": "own",
    "free_from": "21/11/2026",
}


@pytest.fixture
def landlord(client):
    landlord = LandlordFactory()
    client.force_login(landlord.user)
    return landlord


def page(client, path, /, **data):
    """The text of a page, or the address that it sends to."""
    path = f"/landlord/{path}"
    response = client.post(path, data) if data else client.get(path)
    return response.url if response.status_code == 302 else response.content.decode()


def said(client, path, /, **data):
    """Where a form sends to, and what is said there."""
    response = client.post(f"/landlord/{path}", data)
    assert response.status_code == 302, response.content.decode()
    return response.url, [str(m) for m in get_messages(response.wsgi_request)]


def draft(landlord, **fields):
    return DraftHouseFactory(landlord=landlord, **fields)


# The first time


def test_start_shows_the_terms_and_knows_the_name(client):
    user = UserFactory(full_name="Nguyễn Thị Thử", phone="+84912345678")
    client.force_login(user)

    shown = page(client, "start/")

    assert "Nguyễn Thị Thử" in shown
    assert "0912 345 678" in shown
    assert "<li>Tôi ghi đúng sự thật" in shown


def test_start_makes_a_landlord(client):
    user = UserFactory()
    client.force_login(user)
    fields = {"full_name": "Trần Thị Chủ", "phone": "0912345678", "kind": "business"}

    to, messages = said(client, "start/", **fields, terms="on")

    assert to == "/landlord/houses/new/"
    assert messages == ["Bây giờ ông/bà hãy đăng ký ngôi nhà đầu tiên."]
    landlord = Landlord.objects.get()
    assert (landlord.user, landlord.phone, landlord.kind) == (
        user,
        "+84912345678",
        "business",
    )


def test_start_needs_the_tick_and_keeps_what_was_typed(client):
    client.force_login(UserFactory())
    fields = {"full_name": "Trần Thị Chủ", "phone": "0912345678", "kind": "person"}

    shown = page(client, "start/", **fields)

    assert "Hãy đánh dấu vào ô này" in shown
    assert 'value="Trần Thị Chủ"' in shown
    assert not Landlord.objects.exists()


def test_start_is_over_for_a_landlord(client, landlord):
    assert page(client, "start/") == "/landlord/houses/"


def test_person_changes_the_number(client, landlord):
    fields = {"full_name": "Trần Thị Chủ", "phone": "0987 654 321", "kind": "person"}

    to, messages = said(client, "person/", **fields)

    landlord.refresh_from_db()
    assert (to, messages) == ("/landlord/houses/", ["Đã lưu."])
    assert landlord.phone == "+84987654321"


def test_contact_is_shown_and_hidden_again(client, landlord):
    said(client, "contact/", shown="yes")
    landlord.refresh_from_db()
    assert landlord.contact_shown is True
    assert "Tôi rút lại" in page(client, "contact/")

    said(client, "contact/", shown="no")
    landlord.refresh_from_db()
    assert landlord.contact_shown is False


def test_contact_has_its_text_in_english_too(client, landlord):
    shown = client.get("/en/landlord/contact/").content.decode()

    assert "I agree that somebody who looks for a room" in shown
    assert ConsentText.objects.filter(kind="contact_shown").exists()


# The list, a house


@pytest.mark.parametrize("count", [1, 3])
def test_houses_cost_the_same_for_one_and_three(
    client, landlord, django_assert_num_queries, count
):
    for _n in range(count):
        house = HouseFactory(landlord=landlord)
        RoomFactory(house=house, free_from=dt.date(2026, 1, 1))
        RoomFactory(house=house)

    with django_assert_num_queries(5):
        shown = page(client, "houses/")

    assert shown.count('class="card house"') == count
    assert shown.count("2 phòng, 1 phòng trống") == count


def test_houses_are_her_own_and_not_withdrawn(client, landlord):
    HouseFactory(name="Nhà người khác")
    WithdrawnHouseFactory(landlord=landlord, name="Nhà đã rút")
    draft(landlord, name="Nhà dở dang")

    shown = page(client, "houses/")

    assert shown.count('class="card house"') == 1
    assert "Nhà dở dang" in shown
    assert "Chưa xong" in shown


def test_houses_say_what_to_do_when_there_is_none(client, landlord):
    assert "Hãy đăng ký ngôi nhà đầu tiên" in page(client, "houses/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_house_costs_the_same_for_one_and_three_rooms(
    client, landlord, django_assert_num_queries, count
):
    house = HouseFactory(landlord=landlord)
    RoomFactory.create_batch(count, house=house)
    WithdrawnRoomFactory(house=house)

    with django_assert_num_queries(8):
        shown = page(client, f"houses/{house.number}/")

    assert shown.count('class="card room-own"') == count


def test_a_house_is_found_by_its_number_as_it_is_printed(client, landlord):
    house = HouseFactory(landlord=landlord, name="Nhà trọ Hoa Sen")

    assert "Nhà trọ Hoa Sen" in page(client, f"houses/{house.shown_number.lower()}/")


def test_a_draft_says_how_to_go_on(client, landlord):
    house = draft(landlord)
    base = f"houses/{house.number}"

    assert f'href="/landlord/{base}/place/"' in page(client, f"{base}/")

    House.objects.update(latitude=21.19, longitude=105.77)
    assert f'href="/landlord/{base}/facts/"' in page(client, f"{base}/")

    facts = {"kind": "row", "gate": "always_open", "parking": "none", "water": "well"}
    House.objects.update(**facts)
    assert f'href="/landlord/{base}/rooms/"' in page(client, f"{base}/")

    RoomFactory(house=house)
    assert f'href="/landlord/{base}/review/"' in page(client, f"{base}/")


def test_a_withdrawn_house_is_only_looked_at(client, landlord):
    house = WithdrawnHouseFactory(landlord=landlord)
    RoomFactory(house=house)

    shown = page(client, f"houses/{house.number}/")

    assert "/rooms/add/" not in shown
    assert "/vacancy/" not in shown


def test_a_house_is_withdrawn_with_a_reason(client, landlord):
    house = HouseFactory(landlord=landlord)
    address = f"houses/{house.number}/withdrawal/"

    assert "Hãy điền mục này" in page(client, address, because="")
    to, messages = said(client, address, because="Đã bán")

    assert (to, messages) == ("/landlord/houses/", ["Đã rút nhà khỏi sổ."])
    assert House.objects.get().withdrawn_because == "Đã bán"
    assert "đã rút khỏi sổ" in page(client, address, because="Lần nữa")


def test_a_draft_is_dropped_without_a_reason(client, landlord):
    house = draft(landlord)

    said(client, f"houses/{house.number}/withdrawal/")

    assert not House.objects.current().exists()


# The steps


ADDRESS = {"commune_search": "quang minh", "street": "Đường Hoa Ban", "address": "số 5"}


def test_the_only_commune_found_need_not_be_chosen(client, landlord):
    CommuneFactory()

    to, _messages = said(client, "houses/new/", **ADDRESS)

    house = House.objects.get()
    assert to == f"/landlord/houses/{house.number}/place/"
    assert (house.landlord, house.commune_id, house.is_draft) == (
        landlord,
        "08974",
        True,
    )


def two_communes_of_one_old_name():
    former = FormerUnitFactory(name="Xã Kim Chung")
    SuccessionFactory(former=former, successor=CommuneFactory())
    SuccessionFactory(former=former, successor=OtherCommuneFactory())


def test_of_two_communes_one_has_to_be_chosen(client, landlord):
    two_communes_of_one_old_name()
    typed = ADDRESS | {"commune_search": "kim chung"}

    shown = page(client, "houses/new/", **typed)
    assert "Hãy chọn xã hoặc phường trong danh sách" in shown
    assert "Xã Đông Anh (trước đây: Xã Kim Chung, Huyện Đông Anh)" in shown
    assert 'value="Đường Hoa Ban"' in shown

    said(client, "houses/new/", **typed, commune="00454")
    assert House.objects.get().commune_id == "00454"


def test_a_commune_of_an_earlier_search_has_to_be_chosen_again(client, landlord):
    two_communes_of_one_old_name()
    OtherCommuneFactory(code="00466", name="Xã Phúc Thịnh")
    typed = ADDRESS | {"commune_search": "kim chung", "commune": "00466"}

    assert "Hãy chọn xã hoặc phường" in page(client, "houses/new/", **typed)
    assert not House.objects.exists()


@pytest.mark.parametrize(
    ("search", "words"),
    [("không đâu", "theo cách khác"), ("", "Hãy ghi xã hoặc phường")],
)
def test_a_commune_that_is_not_found_is_asked_for_again(
    client, landlord, search, words
):
    CommuneFactory()

    shown = page(client, "houses/new/", **ADDRESS | {"commune_search": search})

    assert words in shown
    assert "Đó là nơi nào?" not in shown


def test_find_shows_the_communes_and_complains_of_nothing(client, landlord):
    CommuneFactory()

    shown = page(
        client,
        "houses/new/",
        commune_search="quang minh",
        street="Đường Hoa Ban",
        find="1",
    )

    assert 'type="radio" name="commune" value="08974"' in shown
    assert 'value="Đường Hoa Ban"' in shown
    assert 'class="error"' not in shown


def test_communes_are_offered_while_typing(client, landlord):
    CommuneFactory()

    assert 'value="08974"' in page(client, "communes/?q=quang+minh")
    assert "Không có xã, phường nào" in page(
        client, "communes/?q=kh%C3%B4ng+%C4%91%C3%A2u"
    )


def test_a_likely_duplicate_is_shown_once(client, landlord):
    HouseFactory(address="Số 5", street="Đường Hoa Ban")

    shown = page(client, "houses/new/", **ADDRESS)
    assert "cùng địa chỉ" in shown
    assert landlord.phone not in shown
    seen = House.objects.get().number
    assert f'name="seen" value="{seen}"' in shown

    said(client, "houses/new/", **ADDRESS, seen=seen)
    assert House.objects.count() == 2


def test_another_duplicate_is_shown_although_one_was_seen(client, landlord):
    first = HouseFactory(address="Số 5", street="Đường Hoa Ban")
    HouseFactory(address="5", street="")

    assert "cùng địa chỉ" in page(client, "houses/new/", **ADDRESS, seen=first.number)


def test_the_address_of_a_registered_house_is_corrected(client, landlord):
    house = HouseFactory(landlord=landlord)

    assert "Xã Quang Minh" in page(client, f"houses/{house.number}/address/")
    to, _messages = said(
        client, f"houses/{house.number}/address/", **ADDRESS, landmark="Sau chợ"
    )

    house.refresh_from_db()
    assert to == f"/landlord/houses/{house.number}/"
    assert (house.address, house.landmark) == ("số 5", "Sau chợ")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("21.1952, 105.7651", ("21.195200", "105.765100")),
        ("21,1952 105,7651", ("21.195200", "105.765100")),
        ("105.7651, 21.1952", ("21.195200", "105.765100")),
        ("https://maps.example/@21.1952,105.7651,17z", ("21.195200", "105.765100")),
        ("", (None, None)),
    ],
)
def test_the_place_is_read_as_maps_show_it(client, landlord, typed, place):
    house = draft(landlord, latitude="21.000000", longitude="105.000000")

    to, _messages = said(client, f"houses/{house.number}/place/", place=typed)

    house.refresh_from_db()
    kept = tuple(n and str(n) for n in (house.latitude, house.longitude))
    assert kept == place
    assert to == f"/landlord/houses/{house.number}/facts/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gần chợ", "chép cả hai số"),
        ("21.1952", "chép cả hai số"),
        ("48.8566, 2.3522", "ngoài Việt Nam"),
        ("99.9999, 999.9999", "ngoài Việt Nam"),
    ],
)
def test_a_place_that_is_none_is_asked_for_again(client, landlord, typed, words):
    house = draft(landlord)

    shown = page(client, f"houses/{house.number}/place/", place=typed)

    assert words in shown
    assert f'value="{typed}"' in shown


def test_a_house_nearby_is_shown_as_a_likely_duplicate(client, landlord):
    other = HouseFactory(latitude="21.195200", longitude="105.765100")
    house = draft(landlord)
    address = f"houses/{house.number}/place/"

    assert "chưa đến 30 m" in page(client, address, place="21.1952, 105.7651")
    said(client, address, place="21.1952, 105.7651", seen=other.number)


FACTS = {"kind": "row", "floors": "1", "parking": "none", "water": "piped"}


def test_facts_of_an_open_gate_have_no_hours(client, landlord):
    house = draft(landlord)
    hours = {"gate_closes": "22:00", "gate_opens": "05:00"}

    said(client, f"houses/{house.number}/facts/", **FACTS, **hours, gate="always_open")

    house.refresh_from_db()
    assert (house.gate, house.gate_closes, house.is_described) == (
        "always_open",
        None,
        True,
    )


@pytest.mark.parametrize("typed", ["22:30", "22h30", "22.30"])
def test_hours_are_read_in_any_usual_spelling(client, landlord, typed):
    house = draft(landlord)
    hours = {"gate_closes": typed, "gate_opens": "5h"}

    said(client, f"houses/{house.number}/facts/", **FACTS, **hours, gate="locked")

    house.refresh_from_db()
    assert (house.gate_closes, house.gate_opens) == (dt.time(22, 30), dt.time(5))


def test_facts_say_what_is_missing(client, landlord):
    house = draft(landlord)

    shown = page(client, f"houses/{house.number}/facts/", floors="0", gate="locked")

    assert shown.count("Hãy chọn một ô.") == 2 * 3
    assert shown.count("Hãy ghi giờ, ví dụ 22:30.") == 2 * 2
    assert "từ 1 đến 50" in shown


def fees(*rows):
    data = {"fees-TOTAL_FORMS": len(rows), "fees-INITIAL_FORMS": 0}
    for n, (name, amount, per) in enumerate(rows):
        data |= {f"fees-{n}-name": name, f"fees-{n}-amount": amount}
        data[f"fees-{n}-per"] = per
    return data


def test_fees_are_kept_and_an_emptied_row_goes(client, landlord):
    house = FeeFactory(house=draft(landlord), name="Rác", amount=20_000).house
    address = f"houses/{house.number}/fees/"
    assert 'value="20.000"' in page(client, address)

    rows = fees(("", "", "room"), ("Gửi xe", "70k", "vehicle"))
    to, _messages = said(client, address, **rows)

    assert to == f"/landlord/houses/{house.number}/rooms/"
    kept = [(fee.name, fee.amount, fee.per) for fee in house.fees.all()]
    assert kept == [("Gửi xe", 70_000, "vehicle")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("Rác", "", "room")], "Hãy ghi số tiền."),
        ([("Rác", "hai chục", "room")], "Hãy ghi số tiền bằng đồng"),
        ([("", "20.000", "room")], "Hãy ghi thu khoản gì."),
        (
            [("Rác", "1k", "room"), (" Rác", "2k", "room")],
            "Hãy chỉ ghi mỗi khoản một lần.",
        ),
    ],
)
def test_fees_that_say_half_are_asked_for_again(client, landlord, rows, words):
    house = draft(landlord)

    assert words in page(client, f"houses/{house.number}/fees/", **fees(*rows))
    assert not house.fees.exists()


def test_the_steps_of_a_registered_house_are_parts_of_its_page(client, landlord):
    house = HouseFactory(landlord=landlord)

    for step in ("rooms", "review"):
        shown = page(client, f"houses/{house.number}/{step}/")
        assert shown == f"/landlord/houses/{house.number}/"
    for step in ("address", "place", "facts", "fees", "photos"):
        assert "Bước" not in page(client, f"houses/{house.number}/{step}/")


def test_review_registers_a_whole_draft(client, landlord):
    house = HouseFactory(landlord=landlord, registered_at=None)
    RoomFactory(house=house, label="101")
    address = f"houses/{house.number}/review/"
    assert "Đăng ký nhà này" in page(client, address)

    response = client.post(f"/landlord/{address}")

    house.refresh_from_db()
    assert response.url == f"/landlord/houses/{house.number}/"
    assert house.is_registered


def test_review_says_that_something_is_missing(client, landlord):
    house = draft(landlord)
    address = f"/landlord/houses/{house.number}/review/"

    assert "Còn thiếu một vài điều" in client.get(address).content.decode()
    assert "Trước hết, hãy điền loại nhà" in client.post(address).content.decode()


# Rooms


def test_a_room_is_added_with_what_people_type(client, landlord):
    house = HouseFactory(landlord=landlord)

    to, messages = said(
        client, f"houses/{house.number}/rooms/add/", **ROOM, label="101", floor="1"
    )

    room = Room.objects.get()
    assert to == f"/landlord/houses/{house.number}/"
    assert messages == ["Đã thêm phòng 101."]
    assert (str(room.area), room.rent, room.deposit) == ("12.5", 1_200_000, 0)
    assert (room.electricity_price, room.water_price) == (3_500, None)
    assert room.free_from == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"electricity_price": ""}, "Hãy ghi giá."),
        ({"electricity": ""}, "Hãy chọn một ô."),
        ({"rent": "nhiều"}, "Hãy ghi số tiền bằng đồng"),
        ({"rent": "1200"}, "Hãy ghi đủ tiền thuê"),
        ({"rent": "9" * 12}, "2000000000"),
        ({"area": "0"}, "Hãy đo lại diện tích"),
        ({"area": "rộng"}, "area"),
        ({"max_people": "41"}, "từ 1 đến 40"),
        ({"label": "102"}, "Hãy chọn số khác"),
    ],
)
def test_a_room_that_is_wrong_is_asked_for_again(client, landlord, changed, words):
    house = RoomFactory(house__landlord=landlord, label="102").house
    typed = ROOM | {"label": "101", "floor": "1"} | changed

    shown = page(client, f"houses/{house.number}/rooms/add/", **typed)

    assert words in shown
    assert 'class="notice notice-error"' in shown
    assert Room.objects.count() == 1


def test_a_run_of_rooms_is_added_to_a_draft(client, landlord):
    house = draft(landlord)

    to, _messages = said(
        client, f"houses/{house.number}/rooms/run/", **ROOM, run="P1-P3"
    )

    assert to == f"/landlord/houses/{house.number}/rooms/"
    assert sorted(room.label for room in house.rooms.all()) == ["P1", "P2", "P3"]
    assert "Phòng P2" in page(client, f"houses/{house.number}/rooms/")


def test_a_run_that_is_none_is_asked_for_again(client, landlord):
    house = RoomFactory(house__landlord=landlord, label="102").house
    address = f"houses/{house.number}/rooms/run/"

    assert "Hãy bỏ 102 ra" in page(client, address, **ROOM, run="101-103")
    assert "tối đa 60 phòng" in page(client, address, **ROOM, run="1-99")
    assert Room.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_room_costs_the_same_for_one_and_three_photos(
    client, landlord, django_assert_num_queries, count
):
    room = RoomFactory(house__landlord=landlord)
    RoomPhotoFactory.create_batch(count, room=room)

    with django_assert_num_queries(8):
        shown = page(client, f"rooms/{room.code}/")

    assert shown.count("<img ") == count
    assert shown.count('class="cost-of"') == 4


def test_a_room_counts_its_cost_with_another_use(client, landlord):
    room = RoomFactory(
        house__landlord=landlord, rent=1_000_000, water="per_m3", water_price=10_000
    )

    shown = page(client, f"rooms/{room.code}/?kwh=30&m3=2&undeclared=on")

    assert "1 người: 1.020.000 đ" in shown
    assert "4 người: 1.080.000 đ" in shown


def test_a_use_that_is_no_number_is_not_counted_with(client, landlord):
    room = RoomFactory(house__landlord=landlord)

    assert 'class="cost-of"' in page(client, f"rooms/{room.code}/?kwh=nhiều")


def test_a_room_is_changed(client, landlord):
    room = RoomFactory(house__landlord=landlord, label="101", area="14.0")
    address = f"rooms/{room.code}/change/"
    assert 'name="area" value="14"' in page(client, address)

    to, _messages = said(client, address, **ROOM, label="102", floor="1")

    room.refresh_from_db()
    assert to == f"/landlord/rooms/{room.code}/"
    assert (room.label, room.rent) == ("102", 1_200_000)


def test_a_rent_is_changed(client, landlord):
    room = RoomFactory(house__landlord=landlord)

    to, messages = said(client, f"rooms/{room.code}/rent/", rent="1tr350")

    room.refresh_from_db()
    assert to == f"/landlord/houses/{room.house.number}/"
    assert messages == [f"Đã đổi tiền thuê phòng {room.label}."]
    assert room.rent == 1_350_000
    assert Event.objects.filter(kind="room.rent_changed").count() == 1


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ({"how": "full"}, None),
        ({"how": "today"}, dt.date(2026, 11, 21)),
        ({"how": "day", "free_from": "2026-12-24"}, dt.date(2026, 12, 24)),
    ],
)
def test_a_vacancy_is_one_button(client, landlord, time_machine, typed, day):
    time_machine.move_to(dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC), tick=False)
    room = RoomFactory(house__landlord=landlord, free_from=dt.date(2026, 1, 1))
    client.force_login(landlord.user)

    said(client, f"rooms/{room.code}/vacancy/", **typed)

    room.refresh_from_db()
    assert room.free_from == day


def test_a_vacancy_needs_its_day(client, landlord):
    room = RoomFactory(house__landlord=landlord)

    shown = page(client, f"rooms/{room.code}/vacancy/", how="day", free_from="mai")

    assert 'class="notice notice-error"' in shown


def test_a_vacancy_of_a_withdrawn_room_is_refused(client, landlord):
    room = WithdrawnRoomFactory(house__landlord=landlord)

    _to, messages = said(client, f"rooms/{room.code}/vacancy/", how="full")

    assert messages == ["Phòng này đã rút khỏi sổ đăng ký."]


def test_a_room_is_withdrawn_with_a_reason(client, landlord):
    room = RoomFactory(house__landlord=landlord)
    address = f"rooms/{room.code}/withdrawal/"

    assert "Hãy điền mục này" in page(client, address, because="")
    said(client, address, because="Nhà tự ở")

    room.refresh_from_db()
    assert room.withdrawn_because == "Nhà tự ở"
    assert f"rooms/{room.code}/rent/" not in page(client, f"rooms/{room.code}/")


# What was withdrawn meanwhile


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("address", ADDRESS),
        ("place", {"place": "21.1952, 105.7651"}),
        ("facts", FACTS | {"gate": "always_open"}),
        ("fees", fees(("Rác", "20k", "room"))),
        ("rooms/add", ROOM | {"label": "1", "floor": "1"}),
    ],
)
def test_a_withdrawn_house_is_not_changed(client, landlord, address, data):
    house = WithdrawnHouseFactory(landlord=landlord)

    shown = page(client, f"houses/{house.number}/{address}/", **data)

    assert "đã rút khỏi sổ đăng ký" in shown


def test_photos_of_a_house_and_a_room_are_shown(client, landlord):
    photo = PhotoFactory(house=HouseFactory(landlord=landlord), caption="Cổng")

    shown = page(client, f"houses/{photo.house.number}/photos/")

    assert f'src="/photos/{photo.pk}/{photo.address_key}/medium" alt="Cổng 1"' in shown


def test_start_twice_in_two_windows_is_said(client):
    user = UserFactory()
    client.force_login(user)
    fields = {"full_name": "Trần Thị Chủ", "phone": "0912345678", "kind": "person"}
    LandlordFactory(user=user)

    assert page(client, "start/", **fields, terms="on") == "/landlord/houses/"


def test_person_shows_what_is_kept(client, landlord):
    assert f'value="{landlord.full_name}"' in page(client, "person/")


def test_photos_of_a_room_have_their_page(client, landlord):
    photo = RoomPhotoFactory(room__house__landlord=landlord)

    shown = page(client, f"rooms/{photo.room.code}/photos/")

    assert f"/photos/{photo.pk}/{photo.address_key}/medium" in shown


def test_a_draft_registered_in_another_window_has_no_empty_reason(client, landlord):
    room = RoomFactory(house__landlord=landlord)

    shown = page(client, f"rooms/{room.code}/withdrawal/", because="   ")

    assert "Hãy điền mục này" in shown
