"""The amounts here were worked out by hand."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import (
    FeeTerms,
    Line,
    RoomTerms,
    Tariff,
    Tariffs,
    Tier,
    monthly_cost,
)

DAY = dt.date(2026, 11, 21)
ELECTRICITY = Tariff(
    first=dt.date(2025, 5, 10),
    end=dt.date(2027, 1, 1),
    tiers=(
        Tier(0, 50, 1984),
        Tier(50, 100, 2050),
        Tier(100, 200, 2380),
        Tier(200, 300, 2998),
        Tier(300, 400, 3350),
        Tier(400, None, 3460),
    ),
    citation="decision-1279-2025",
    vat_percent=Decimal(8),
    vat_until=dt.date(2026, 12, 31),
    people_per_household=4,
    flat_tier=3,
    tenant_citation="circular-16-2014-art-10",
)
AFTER = Tariff(
    first=dt.date(2027, 1, 1),
    end=None,
    tiers=ELECTRICITY.tiers,
    citation="decision-1279-2025",
    vat_percent=Decimal(10),
    people_per_household=4,
    flat_tier=3,
    tenant_citation="circular-16-2014-art-10",
)
WATER = Tariff(
    first=dt.date(2024, 1, 1),
    end=None,
    tiers=(
        Tier(0, 10, 8500),
        Tier(10, 20, 9900),
        Tier(20, 30, 16000),
        Tier(30, None, 27000),
    ),
    citation="decision-3541-2023-hanoi",
    vat_percent=Decimal(5),
    environment_fee_percent=Decimal(10),
)
TARIFFS = Tariffs(electricity=(ELECTRICITY, AFTER), water=(WATER,))
NONE_KNOWN = Tariffs(electricity=(), water=())
BY_THE_BILL = RoomTerms(rent=0, electricity="state_price", water="included")


def cost(terms=BY_THE_BILL, people=1, kwh=0, m3=0, day=DAY, tariffs=TARIFFS, **how):
    return monthly_cost(
        terms, people=people, tariffs=tariffs, day=day, kwh=kwh, m3=m3, **how
    )


def lines(result, code):
    return [line for line in result.lines if line.code == code]


@pytest.mark.parametrize(
    ("kwh", "before_vat", "total"),
    [
        (0, 0, 0),
        (1, 1_984, 2_143),  # VAT 158.72
        (50, 99_200, 107_136),
        (51, 101_250, 109_350),  # 99,200 + 2,050
        (100, 201_700, 217_836),
        (101, 204_080, 220_406),  # VAT 16,326.40
        (200, 439_700, 474_876),
        (201, 442_698, 478_114),  # VAT 35,415.84
        (300, 739_500, 798_660),
        (400, 1_074_500, 1_160_460),
        (401, 1_077_960, 1_164_197),  # VAT 86,236.80
    ],
)
def test_a_household_pays_the_tiers(kwh, before_vat, total):
    result = cost(kwh=kwh, household=True)

    assert sum(line.amount for line in lines(result, "electricity_tier")) == before_vat
    assert result.total == total


@pytest.mark.parametrize(
    ("people", "kwh", "total"),
    [
        # A quarter of the tiers: 12.5 + 12.5 + 25 + 10 kWh
        # = 24,800 + 25,625 + 59,500 + 29,980 = 139,905; VAT 11,192.40
        (1, 60, 151_097),
        # Half: 25 + 25 + 50 + 20 = 49,600 + 51,250 + 119,000 + 59,960 = 279,810
        (2, 120, 302_195),  # VAT 22,384.80
        # Three quarters: 37.5 + 37.5 + 25 = 74,400 + 76,875 + 59,500 = 210,775
        (3, 100, 227_637),  # VAT 16,862
        # Four are one household.
        (4, 100, 217_836),
        # Five quarters: 62.5 + 37.5 = 124,000 + 76,875 = 200,875; VAT 16,070
        (5, 100, 216_945),
    ],
)
def test_declared_tenants_share_the_tiers_by_fours(people, kwh, total):
    assert cost(people=people, kwh=kwh).total == total


@pytest.mark.parametrize(
    ("kwh", "total"),
    [(1, 2_570), (50, 128_520), (100, 257_040), (401, 1_030_730)],
)
def test_tenants_who_are_not_declared_pay_the_third_tier_for_all(kwh, total):
    result = cost(people=4, kwh=kwh, declared=False)

    assert result.total == total
    assert lines(result, "electricity_flat") == [
        Line(
            code="electricity_flat",
            what="Điện, theo giá bậc 3",
            quantity=Decimal(kwh),
            unit="kWh",
            unit_price=2380,
            amount=2380 * kwh,
            citation_key="circular-16-2014-art-10",
            note="Một giá cho tất cả, vì chưa khai báo số người ở.",
        )
    ]


def test_electricity_lines_cite_the_rule_they_rest_on():
    shared = cost(kwh=30)
    household = cost(kwh=30, household=True)

    assert [line.citation_key for line in shared.lines[1:4]] == [
        "circular-16-2014-art-10",
        "circular-16-2014-art-10",
        "circular-16-2014-art-10",
    ]
    assert lines(household, "electricity_tier")[0].citation_key == "decision-1279-2025"
    assert lines(household, "electricity_vat")[0].citation_key == "decision-1279-2025"


@pytest.mark.parametrize(
    ("day", "total"),
    [(dt.date(2026, 12, 31), 217_836), (dt.date(2027, 1, 1), 221_870)],
)
def test_vat_is_that_of_the_day(day, total):
    assert cost(kwh=100, household=True, day=day).total == total


def test_vat_that_is_not_set_yet_is_the_last_one_and_says_so():
    still = Tariff(**vars(ELECTRICITY) | {"end": None})
    tariffs = Tariffs(electricity=(still,), water=())

    result = cost(kwh=100, household=True, day=dt.date(2027, 1, 1), tariffs=tariffs)

    assert result.total == 217_836
    assert lines(result, "electricity_vat")[0].note == (
        "Chưa có thuế suất cho ngày này; tạm tính theo mức gần nhất."
    )


@pytest.mark.parametrize(
    ("m3", "total"),
    [
        (1, 9_775),  # 8,500 + 425 + 850
        (10, 97_750),
        (11, 109_135),  # 94,900 + 4,745 + 9,490
        (20, 211_600),
        (30, 395_600),
        (31, 426_650),
    ],
)
def test_water_by_the_bill_has_vat_and_the_environmental_fee(m3, total):
    terms = RoomTerms(rent=0, electricity="included", water="state_price")

    assert cost(terms, m3=m3).total == total


@pytest.mark.parametrize(
    ("mode", "price", "amount"),
    [
        ("per_kwh", 3_500, 420_000),
        ("per_person", 100_000, 200_000),
        ("per_room", 150_000, 150_000),
        ("included", None, 0),
    ],
)
def test_electricity_at_the_landlords_price(mode, price, amount):
    terms = RoomTerms(
        rent=0, electricity=mode, electricity_price=price, water="included"
    )

    result = cost(terms, people=2, kwh=120)

    assert [line.amount for line in lines(result, "electricity")] == [amount]


@pytest.mark.parametrize(
    ("mode", "price", "amount"),
    [
        ("per_m3", 25_000, 200_000),
        ("per_person", 80_000, 160_000),
        ("per_room", 90_000, 90_000),
        ("included", None, 0),
    ],
)
def test_water_at_the_landlords_price(mode, price, amount):
    terms = RoomTerms(rent=0, electricity="included", water=mode, water_price=price)

    result = cost(terms, people=2, m3=8)

    assert [line.amount for line in lines(result, "water")] == [amount]


def test_a_way_of_charging_that_nobody_knows_is_a_bug():
    with pytest.raises(ValueError, match="by_the_moon"):
        cost(RoomTerms(rent=0, electricity="by_the_moon", water="included"))


def test_nobody_cannot_live_in_a_room():
    with pytest.raises(ValueError, match="one person"):
        cost(people=0)


def test_a_price_above_the_lawful_one_is_told_with_the_excess():
    terms = RoomTerms(
        rent=0, electricity="per_kwh", electricity_price=3_500, water="included"
    )

    result = cost(terms, people=2, kwh=120)

    assert result.lawful_electricity == 302_195
    assert result.overcharge.charged == 420_000
    assert result.overcharge.excess == 117_805
    assert result.overcharge.citation_key == "decree-133-2026-art-13"


@pytest.mark.parametrize(("price", "excess"), [(2_570, None), (2_571, 60)])
def test_a_price_up_to_the_lawful_one_is_no_overcharge(price, excess):
    terms = RoomTerms(
        rent=0, electricity="per_kwh", electricity_price=price, water="included"
    )

    result = cost(terms, kwh=100, declared=False)  # lawful: 257,040

    assert (result.overcharge and result.overcharge.excess) == excess


def test_a_fixed_sum_is_not_judged_but_the_lawful_price_stands_beside():
    terms = RoomTerms(
        rent=0, electricity="per_room", electricity_price=900_000, water="included"
    )

    result = cost(terms, people=2, kwh=120)

    assert result.lawful_electricity == 302_195
    assert result.overcharge is None


def test_fees_are_counted_by_room_person_and_motorbike():
    fees = (
        FeeTerms("Rác", 30_000, "room"),
        FeeTerms("Mạng", 50_000, "person"),
        FeeTerms("Gửi xe", 70_000, "vehicle"),
    )
    terms = RoomTerms(rent=0, electricity="included", water="included", fees=fees)

    assumed = cost(terms, people=3)
    told = cost(terms, people=3, vehicles=1)

    assert [line.amount for line in lines(assumed, "fee")] == [30_000, 150_000, 210_000]
    assert [line.amount for line in lines(told, "fee")] == [30_000, 150_000, 70_000]


def test_unknown_use_is_assumed_for_each_person():
    terms = RoomTerms(rent=1_000_000, electricity="state_price", water="state_price")

    result = monthly_cost(terms, people=2, tariffs=TARIFFS, day=DAY)

    assert (result.kwh, result.m3, result.usage_assumed) == (120, 8, True)
    # 302,195 for electricity; 8 m³: 68,000 + 3,400 + 6,800.
    assert result.total == 1_000_000 + 302_195 + 78_200


def test_known_use_is_not_called_assumed():
    assert cost(kwh=10, m3=1).usage_assumed is False


def test_without_a_tariff_the_line_says_that_the_price_is_not_known():
    terms = RoomTerms(rent=900_000, electricity="state_price", water="state_price")

    result = cost(terms, kwh=10, m3=1, tariffs=NONE_KNOWN)

    assert [line.code for line in result.lines] == [
        "rent",
        "electricity_unknown",
        "water_unknown",
    ]
    assert result.total == 900_000
    assert result.lawful_electricity is None


def test_a_tariff_without_a_rule_for_tenants_is_that_of_a_household():
    plain = Tariff(
        first=dt.date(2025, 1, 1), end=None, tiers=ELECTRICITY.tiers, citation="x"
    )
    tariffs = Tariffs(electricity=(plain,), water=())

    assert cost(kwh=100, tariffs=tariffs, declared=False).total == 201_700


WAYS = ["state_price", "per_kwh"]


@given(
    way=st.sampled_from(WAYS),
    people=st.integers(1, 12),
    kwh=st.decimals(0, 1500, places=1),
    more=st.decimals(0, 300, places=1),
    declared=st.booleans(),
    household=st.booleans(),
)
def test_more_electricity_never_costs_less(way, people, kwh, more, declared, household):
    terms = RoomTerms(
        rent=0, electricity=way, electricity_price=3_000, water="included"
    )
    how = {"people": people, "declared": declared, "household": household}

    assert cost(terms, kwh=kwh, **how).total <= cost(terms, kwh=kwh + more, **how).total


@given(people=st.integers(1, 12), m3=st.integers(0, 60), kwh=st.integers(0, 900))
def test_the_total_is_the_sum_of_the_lines_in_whole_dong(people, m3, kwh):
    terms = RoomTerms(rent=1_234_567, electricity="state_price", water="state_price")

    result = cost(terms, people=people, kwh=kwh, m3=m3)

    assert all(type(line.amount) is int for line in result.lines)
    assert result.total == sum(line.amount for line in result.lines)


@given(people=st.integers(1, 12), kwh=st.integers(1, 900))
def test_declaring_more_people_never_costs_more(people, kwh):
    fewer, more = cost(people=people, kwh=kwh), cost(people=people + 1, kwh=kwh)

    # Each tier's line is rounded by itself: up to half a đồng on six lines and VAT.
    assert more.total <= fewer.total + 4
