import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Consent, ConsentText
from core.errors import Refused
from core.models import Event
from registry import actions
from registry.actions.base import change
from registry.models import Fee, House, Landlord, Room
from tests.accounts.factories import UserFactory
from tests.registry.factories import (
    CommuneFactory,
    DraftHouseFactory,
    FeeFactory,
    HouseFactory,
    LandlordFactory,
    OtherCommuneFactory,
    RoomFactory,
    WithdrawnHouseFactory,
    WithdrawnRoomFactory,
)

pytestmark = pytest.mark.django_db

ROOM = {
    "area": 14,
    "max_people": 2,
    "rent": 1_200_000,
    "electricity": "state_price",
    "water": "state_price",
    "toilet": "own",
}


def last_event():
    return Event.objects.order_by("-id").first()


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    assert refused.value.message
    return refused.value.code


def become_landlord(user, **changed):
    fields = {
        "user": user,
        "kind": "person",
        "full_name": "Trần Thị Chủ",
        "phone": "+84912345678",
        "language": "vi",
        "by": user,
    }
    return actions.become_landlord(**fields | changed)


def test_become_landlord_keeps_the_person_and_the_consent():
    user = UserFactory()

    landlord = become_landlord(user)

    assert (landlord.user, landlord.contact_shown) == (user, False)
    consent = Consent.objects.get(user=user)
    assert consent.text.kind == ConsentText.Kind.LANDLORD_TERMS
    joined = Event.objects.get(kind="landlord.joined")
    assert (joined.by, joined.data) == (user, {"kind_of_landlord": "person"})


def test_become_landlord_refuses_a_second_time():
    user = LandlordFactory().user

    assert refusal(become_landlord, user=user) == "is_landlord"
    assert Landlord.objects.count() == 1


def test_change_landlord_says_what_changed_but_not_to_what():
    landlord = LandlordFactory()

    landlord = actions.change_landlord(
        landlord=landlord, by=landlord.user, full_name="Trần Thị Mới", kind="person"
    )

    assert landlord.full_name == "Trần Thị Mới"
    assert last_event().data == {"changed": ["full_name"]}


def test_change_landlord_that_changes_nothing_leaves_no_line():
    landlord = LandlordFactory()
    before = Event.objects.count()

    actions.change_landlord(landlord=landlord, by=landlord.user, kind="person")

    assert Event.objects.count() == before


def test_change_landlord_changes_no_other_field():
    landlord = LandlordFactory()

    with pytest.raises(TypeError, match="contact_shown"):
        actions.change_landlord(
            landlord=landlord, by=landlord.user, contact_shown="yes"
        )


def test_show_contact_keeps_the_consent_and_its_end():
    landlord = LandlordFactory()
    how = {"landlord": landlord, "language": "vi", "by": landlord.user}

    shown = actions.show_contact(shown=True, **how)
    consent = Consent.objects.get(text__kind=ConsentText.Kind.CONTACT_SHOWN)
    assert (shown.contact_shown, consent.withdrawn_at) == (True, None)

    hidden = actions.show_contact(shown=False, **how)
    consent.refresh_from_db()
    assert hidden.contact_shown is False
    assert consent.withdrawn_at is not None
    assert (last_event().kind, last_event().data) == (
        "landlord.contact_shown",
        {"shown": False},
    )


def test_show_contact_twice_is_one_consent():
    landlord = LandlordFactory()
    how = {"landlord": landlord, "language": "vi", "by": landlord.user}

    actions.show_contact(shown=True, **how)
    actions.show_contact(shown=True, **how)

    kind = ConsentText.Kind.CONTACT_SHOWN
    assert Consent.objects.filter(text__kind=kind).count() == 1


def test_show_contact_is_the_landlords_own_to_allow():
    landlord = LandlordFactory()
    Landlord.objects.filter(pk=landlord.pk).update(user=None)

    code = refusal(
        actions.show_contact,
        landlord=landlord,
        shown=True,
        language="vi",
        by=landlord.user,
    )

    assert code == "no_account"


def test_begin_house_keeps_a_draft_with_number_and_key():
    landlord, commune = LandlordFactory(), CommuneFactory()

    house = actions.begin_house(
        landlord=landlord,
        commune=commune,
        address=" số 5 ,  ngách 12/3",
        street="Đường Hoa Ban",
        by=landlord.user,
    )

    assert house.is_draft
    assert (house.address, house.address_key) == ("số 5, ngách 12/3", "12/3/5")
    assert len(house.number) == 7
    assert (last_event().kind, last_event().data) == (
        "house.begun",
        {"commune": "08974"},
    )


def test_begin_house_needs_an_address():
    landlord, commune = LandlordFactory(), CommuneFactory()

    with pytest.raises(ValidationError) as refused:
        actions.begin_house(
            landlord=landlord, commune=commune, address=" , ", by=landlord.user
        )

    assert list(refused.value.message_dict) == ["address"]


def test_change_house_tells_before_and_after():
    house = HouseFactory(address="số 5", gate="always_open")
    commune = OtherCommuneFactory()

    house = actions.change_house(
        house=house,
        by=house.landlord.user,
        address="Số 23 ngõ 415",
        commune=commune,
        gate="own_key",
        gate_closes=dt.time(23),
        gate_opens=dt.time(5),
        floors=1,
    )

    assert (house.address_key, house.commune) == ("415/23", commune)
    event = last_event()
    assert (event.kind, event.under) == ("house.changed", f"registry.House:{house.pk}")
    assert event.data == {
        "before": {
            "address": "số 5",
            "commune": "08974",
            "gate": "always_open",
            "gate_closes": None,
            "gate_opens": None,
            "address_key": "5",
        },
        "after": {
            "address": "Số 23 ngõ 415",
            "commune": "00454",
            "gate": "own_key",
            "gate_closes": "23:00:00",
            "gate_opens": "05:00:00",
            "address_key": "415/23",
        },
    }


def test_change_house_that_changes_nothing_leaves_no_line():
    house = HouseFactory()
    before = Event.objects.count()

    actions.change_house(house=house, by=house.landlord.user, floors=house.floors)

    assert Event.objects.count() == before


def test_change_house_changes_no_other_field():
    house, other = HouseFactory(), LandlordFactory()

    with pytest.raises(TypeError, match="landlord"):
        actions.change_house(house=house, by=house.landlord.user, landlord=other)


def test_change_house_refuses_gate_hours_that_are_half():
    house = HouseFactory()

    with pytest.raises(ValidationError, match="giờ đóng và giờ mở"):
        actions.change_house(house=house, by=house.landlord.user, gate="locked")


def test_change_house_refuses_a_withdrawn_house():
    house = WithdrawnHouseFactory()

    code = refusal(actions.change_house, house=house, by=house.landlord.user, floors=2)

    assert code == "house_withdrawn"


def described(house):
    return actions.change_house(
        house=house,
        by=house.landlord.user,
        kind="row",
        gate="always_open",
        parking="none",
        water="piped",
    )


def test_register_house_puts_a_whole_draft_on_the_register():
    house = described(DraftHouseFactory())
    RoomFactory(house=house)

    house = actions.register_house(house=house, by=house.landlord.user)

    assert house.is_registered
    assert list(House.objects.registered()) == [house]
    assert (last_event().kind, last_event().data) == ("house.registered", {"rooms": 1})


def test_register_house_needs_its_description():
    house = RoomFactory(house=DraftHouseFactory()).house

    code = refusal(actions.register_house, house=house, by=house.landlord.user)

    assert code == "house_not_described"


def test_register_house_needs_a_room_that_is_not_withdrawn():
    house = described(DraftHouseFactory())
    WithdrawnRoomFactory(house=house)

    code = refusal(actions.register_house, house=house, by=house.landlord.user)

    assert code == "house_without_room"


def test_register_house_happens_once():
    house = RoomFactory().house

    code = refusal(actions.register_house, house=house, by=house.landlord.user)

    assert code == "house_registered"


def test_register_house_needs_the_terms():
    house = RoomFactory(house=described(DraftHouseFactory())).house
    house.landlord.user.consents.all().update(withdrawn_at=dt.datetime.now(dt.UTC))

    code = refusal(actions.register_house, house=house, by=house.landlord.user)

    assert code == "terms_not_agreed"


def test_register_house_without_an_account_has_no_terms():
    house = RoomFactory(house=described(DraftHouseFactory())).house
    by = house.landlord.user
    Landlord.objects.filter(pk=house.landlord_id).update(user=None)

    assert refusal(actions.register_house, house=house, by=by) == "terms_not_agreed"


def test_withdraw_house_keeps_the_reason_out_of_the_audit_line():
    room = RoomFactory()
    by = room.house.landlord.user

    house = actions.withdraw_house(house=room.house, because="Bán cho ông Tư", by=by)

    assert house.withdrawn_because == "Bán cho ông Tư"
    assert not Room.objects.let().exists()
    assert (last_event().kind, last_event().data) == ("house.withdrawn", {})


def test_withdraw_house_asks_why_unless_it_is_a_draft():
    house, draft = HouseFactory(), DraftHouseFactory()

    with pytest.raises(ValidationError) as refused:
        actions.withdraw_house(house=house, because=" ", by=house.landlord.user)
    draft = actions.withdraw_house(house=draft, because="", by=draft.landlord.user)

    assert list(refused.value.message_dict) == ["because"]
    assert draft.withdrawn_at is not None


def test_set_fees_replaces_the_list():
    house = FeeFactory(name="Rác", amount=20_000, per="room").house

    fees = [{"name": " Gửi  xe ", "amount": 70_000, "per": "vehicle"}]
    actions.set_fees(house=house, fees=fees, by=house.landlord.user)

    fee = house.fees.get()
    assert (fee.name, fee.amount, fee.per) == ("Gửi xe", 70_000, Fee.Per.VEHICLE)
    assert last_event().data == {
        "before": ["Rác: 20000/room"],
        "after": ["Gửi xe: 70000/vehicle"],
    }


def test_set_fees_to_the_same_leaves_no_line():
    house = FeeFactory(name="Rác", amount=20_000, per="room").house
    before = Event.objects.count()

    fees = [{"name": "Rác", "amount": 20_000, "per": "room"}]
    actions.set_fees(house=house, fees=fees, by=house.landlord.user)

    assert Event.objects.count() == before


def test_set_fees_refuses_the_same_name_twice_and_changes_nothing():
    house = FeeFactory(name="Rác").house
    fee = {"name": "Mạng", "amount": 1000, "per": "room"}

    with pytest.raises(ValidationError, match="đã có trong danh sách"):
        actions.set_fees(house=house, fees=[fee, fee], by=house.landlord.user)

    assert [fee.name for fee in house.fees.all()] == ["Rác"]


def test_add_room_gives_it_a_code_and_the_floor_its_number_tells():
    house = HouseFactory(floors=3)

    room = actions.add_room(house=house, label=" 203 ", by=house.landlord.user, **ROOM)

    assert (room.label, room.floor, len(room.code)) == ("203", 2, 8)
    event = last_event()
    assert (event.kind, event.under) == ("room.added", f"registry.House:{house.pk}")


def test_add_room_refuses_a_number_that_is_taken():
    room = RoomFactory(label="203")

    with pytest.raises(ValidationError, match="Hãy chọn số khác"):
        actions.add_room(
            house=room.house, label="203", by=room.house.landlord.user, **ROOM
        )


def test_add_room_may_take_the_number_of_a_withdrawn_one():
    room = WithdrawnRoomFactory(label="203")

    added = actions.add_room(
        house=room.house, label="203", by=room.house.landlord.user, **ROOM
    )

    assert added.label == "203"


def test_add_room_keeps_no_other_field():
    house = HouseFactory()

    with pytest.raises(TypeError, match="code"):
        actions.add_room(
            house=house, label="1", by=house.landlord.user, code="X", **ROOM
        )


def test_add_rooms_adds_a_run_with_one_line():
    house = HouseFactory(floors=2)

    rooms = actions.add_rooms(
        house=house, run="101-103, 201", by=house.landlord.user, **ROOM
    )

    assert [(room.label, room.floor) for room in rooms] == [
        ("101", 1),
        ("102", 1),
        ("103", 1),
        ("201", 2),
    ]
    assert house.rooms.current().count() == 4
    assert len({room.code for room in rooms}) == 4
    assert last_event().data["labels"] == ["101", "102", "103", "201"]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("101-103", "Hãy bỏ 102, 103 ra"),
        ("1-61", "tối đa 60"),
        ("", "số phòng"),
    ],
)
def test_add_rooms_adds_all_or_none(run, words):
    house = HouseFactory()
    RoomFactory(house=house, label="102")
    RoomFactory(house=house, label="103")
    WithdrawnRoomFactory(house=house, label="101")

    with pytest.raises(ValidationError, match=words) as refused:
        actions.add_rooms(house=house, run=run, by=house.landlord.user, **ROOM)

    assert list(refused.value.message_dict) == ["run"]
    assert house.rooms.current().count() == 2


def test_add_rooms_checks_what_they_share():
    house = HouseFactory()

    with pytest.raises(ValidationError, match="Hãy ghi giá điện"):
        actions.add_rooms(
            house=house,
            run="1-3",
            by=house.landlord.user,
            **ROOM | {"electricity": "per_kwh"},
        )


def test_add_rooms_checks_the_fields():
    house = HouseFactory()

    with pytest.raises(TypeError, match="withdrawn_at"):
        actions.add_rooms(
            house=house, run="1", by=house.landlord.user, withdrawn_at=None, **ROOM
        )


def test_change_room_tells_before_and_after():
    room = RoomFactory(label="101", toilet="own")

    actions.change_room(
        room=room, by=room.house.landlord.user, label=" 102 ", toilet="shared"
    )

    room.refresh_from_db()
    assert (room.label, room.toilet) == ("102", "shared")
    event = last_event()
    assert (event.kind, event.under) == (
        "room.changed",
        f"registry.House:{room.house_id}",
    )
    assert event.data == {
        "before": {"label": "101", "toilet": "own"},
        "after": {"label": "102", "toilet": "shared"},
    }


def test_change_room_of_one_field_leaves_the_others():
    room = RoomFactory(label="101", rent=1_200_000)

    actions.change_room(room=room, by=room.house.landlord.user, area="15.5")

    room.refresh_from_db()
    assert (room.label, room.rent, str(room.area)) == ("101", 1_200_000, "15.5")


def test_a_change_of_something_personal_never_reaches_the_audit_line():
    landlord = LandlordFactory()

    with pytest.raises(TypeError, match="phone"):
        change(landlord, {"phone": "+84987654321"})


def test_change_rent_keeps_the_old_one_in_the_history():
    room = RoomFactory(rent=1_200_000)

    actions.change_rent(room=room, rent=1_300_000, by=room.house.landlord.user)

    room.refresh_from_db()
    assert room.rent == 1_300_000
    assert (last_event().kind, last_event().data) == (
        "room.rent_changed",
        {"before": {"rent": 1_200_000}, "after": {"rent": 1_300_000}},
    )


def test_change_rent_refuses_a_rent_in_thousands():
    room = RoomFactory()

    with pytest.raises(ValidationError, match=r"1\.200\.000"):
        actions.change_rent(room=room, rent=1_200, by=room.house.landlord.user)


def test_set_vacancy_says_when_and_full():
    room = RoomFactory()
    by, day = room.house.landlord.user, dt.date(2026, 12, 1)

    assert actions.set_vacancy(room=room, free_from=day, by=by).is_free_on(day)
    assert list(Room.objects.free_on(day)) == [room]
    assert not Room.objects.free_on(day - dt.timedelta(days=1)).exists()

    assert not actions.set_vacancy(room=room, free_from=None, by=by).is_free_on(day)


def test_acts_on_a_withdrawn_room_are_refused():
    room = WithdrawnRoomFactory()

    code = refusal(
        actions.change_rent, room=room, rent=1_000_000, by=room.house.landlord.user
    )

    assert code == "room_withdrawn"


def test_withdraw_room_keeps_the_row_and_frees_the_number():
    room = RoomFactory()

    room = actions.withdraw_room(
        room=room, because="Nhà tự ở", by=room.house.landlord.user
    )

    assert room.withdrawn_because == "Nhà tự ở"
    assert not Room.objects.current().exists()
    assert last_event().kind == "room.withdrawn"


def test_withdraw_room_asks_why_unless_the_house_is_a_draft():
    room, drafted = RoomFactory(), RoomFactory(house=DraftHouseFactory())

    with pytest.raises(ValidationError) as refused:
        actions.withdraw_room(room=room, because="", by=room.house.landlord.user)
    drafted = actions.withdraw_room(
        room=drafted, because="", by=drafted.house.landlord.user
    )

    assert list(refused.value.message_dict) == ["because"]
    assert drafted.withdrawn_at is not None
