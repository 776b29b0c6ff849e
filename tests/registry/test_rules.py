import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import (
    MAX_RUN,
    address_key,
    floor_of,
    label_key,
    parse_address,
    parse_dong,
    parse_run,
    tidy,
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("101-104", ["101", "102", "103", "104"]),
        ("P1-P3", ["P1", "P2", "P3"]),
        ("P1 - 3", ["P1", "P2", "P3"]),
        ("Phòng 9–11", ["Phòng 9", "Phòng 10", "Phòng 11"]),
        ("01-03", ["01", "02", "03"]),
        ("08-11", ["08", "09", "10", "11"]),
        ("201,203, 205-207", ["201", "203", "205", "206", "207"]),
        ("A; B\nC", ["A", "B", "C"]),
        ("7", ["7"]),
        ("5-5", ["5"]),
    ],
)
def test_parse_run_reads(text, labels):
    assert parse_run(text) == labels


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "run_empty"),
        (" , ;", "run_empty"),
        ("112-101", "run_backwards"),
        ("A-D", "run_not_a_range"),
        ("P1-Q8", "run_not_a_range"),
        ("101-", "run_not_a_range"),
        ("101, 100-102", "run_twice"),
        ("1-61", "run_too_many"),
        ("1-999999999999", "run_too_many"),
        (",".join(str(n) for n in range(61)), "run_too_many"),
        ("x" * 21, "run_too_long"),
        ("Phòng số tám trăm lẻ 8-9", "run_too_long"),
    ],
)
def test_parse_run_refuses(text, code):
    with pytest.raises(ValidationError) as refused:
        parse_run(text)

    assert refused.value.code == code
    assert refused.value.messages[0]


def test_parse_run_takes_sixty_rooms():
    assert len(parse_run("1-60")) == MAX_RUN == 60


@given(st.text(max_size=200))
def test_parse_run_answers_anything(text):
    try:
        labels = parse_run(text)
    except ValidationError:
        return

    assert 0 < len(labels) <= MAX_RUN
    assert len(set(labels)) == len(labels)


def test_label_key_sorts_as_people_count():
    labels = ["P10", "P2", "101", "12", "p1", "A"]

    assert sorted(labels, key=label_key) == ["12", "101", "A", "p1", "P2", "P10"]


@pytest.mark.parametrize(
    ("label", "floors", "floor"),
    [
        ("101", 3, 1),
        ("203", 3, 2),
        ("P305", 3, 3),
        ("1204", 12, 12),
        ("501", 3, 1),
        ("7", 3, 1),
        ("A", 3, 1),
        ("0101", 3, 1),
    ],
)
def test_floor_of_a_room_number(label, floors, floor):
    assert floor_of(label, floors) == floor


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("số 5, ngách 12/3, ngõ 12", "12/3/5"),
        ("5 ngách 12/3", "12/3/5"),
        ("SN 5 ngách 3 ngõ 12", "12/3/5"),
        ("Số nhà 12/3/5", "12/3/5"),
        ("12/3/5", "12/3/5"),
        ("12 / 3 / 5", "12/3/5"),
        ("số 12/3/5 ngõ 12", "12/3/5"),
        ("415/23", "415/23"),
        ("Số 23 ngõ 415", "415/23"),
        ("ngõ 415, số 23", "415/23"),
        ("nhà số 23, ngo 415", "415/23"),
        ("5 hẻm 12/3/4", "12/3/4/5"),
        ("12A", "12a"),
        ("12 A", "12a"),
        ("Số 7 bis", "7bis"),
        ("ngõ 12", "12"),
        ("Số 5 dãy 3", "5 day 3"),
        ("dãy 3 khu B", "day 3 khu b"),
        ("cạnh nhà văn hoá", "canh nha van hoa"),
        ("Cạnh nhà văn hóa", "canh nha van hoa"),
        ("", ""),
    ],
)
def test_address_key_is_the_same_for_all_spellings(text, key):
    assert address_key(text) == key


def test_parse_address_tells_the_alleys_from_the_house():
    address = parse_address("số 5, ngách 12/3, khu tập thể")

    assert address.alleys == ("12", "3")
    assert address.number == "5"
    assert address.rest == "khu tap the"


@given(st.text(max_size=80))
def test_address_key_answers_anything(text):
    assert len(address_key(text)) <= 400


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  số 5 ,ngõ  12, ", "số 5, ngõ 12"),
        ("Hoa\u0300 Lạc", "Hoà Lạc"),
        ("số \u202e21\u202c", "số 21"),
        ("", ""),
    ],
)
def test_tidy(text, stored):
    assert tidy(text) == stored


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200000", 1_200_000),
        ("1.200.000", 1_200_000),
        ("1 200 000 đ", 1_200_000),
        ("1,200,000", 1_200_000),
        ("1.200.000 ₫", 1_200_000),
        ("1.200.000 VNĐ", 1_200_000),
        ("1.200.000 đồng", 1_200_000),
        ("1,2 triệu", 1_200_000),
        ("1.2 triệu đồng", 1_200_000),
        ("1tr2", 1_200_000),
        ("1 tr 250", 1_250_000),
        ("1,25tr", 1_250_000),
        ("850k", 850_000),
        ("850 nghìn", 850_000),
        ("3.500", 3_500),
        ("0", 0),
    ],
)
def test_parse_dong_reads(text, amount):
    assert parse_dong(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "-5",
        "1.2.3",
        "1.200,000",
        "1,2345 triệu",
        "1.2",
        "1tr2,5",
        "0,0005k",
        "٣",
        "9" * 5000,
    ],
)
def test_parse_dong_refuses(text):
    with pytest.raises(ValidationError) as refused:
        parse_dong(text)

    assert refused.value.code == "not_money"


@given(st.text(max_size=40))
def test_parse_dong_answers_anything(text):
    try:
        amount = parse_dong(text)
    except ValidationError:
        return

    assert amount >= 0
