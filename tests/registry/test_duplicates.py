import pytest

from registry.models import House
from registry.rules import address_key
from tests.registry.factories import (
    CommuneFactory,
    DraftHouseFactory,
    HouseFactory,
    LandlordFactory,
    OtherCommuneFactory,
    WithdrawnHouseFactory,
)

pytestmark = pytest.mark.django_db

STREET = "Đường Hoa Ban"


def typed(landlord=None, **fields):
    """A house as the form has it: not saved."""
    fields = {"address": "ngõ 12, số 5", "street": STREET} | fields
    return House(
        landlord=landlord or LandlordFactory(),
        commune=CommuneFactory(),
        address_key=address_key(fields["address"]),
        **fields,
    )


def found(house):
    return [
        (other, other.same_address, other.same_place, other.same_phone)
        for other in House.objects.likely_duplicates(house)
    ]


@pytest.mark.parametrize("street", [STREET, "duong hoa ban", ""])
def test_the_same_address_in_any_spelling_is_likely_the_same_house(street):
    house = HouseFactory(address="Số 5 ngõ 12", street=street)

    assert found(typed()) == [(house, True, False, False)]


def test_the_same_number_in_another_street_or_hamlet_is_another_house():
    HouseFactory(address="Số 5 ngõ 12", street="Đường Hoa Mai")
    HouseFactory(address="Số 5 ngõ 12", street=STREET, hamlet="Thôn Ấp Tre")

    assert found(typed(hamlet="Thôn Ấp Trúc")) == []


def test_the_same_address_in_another_commune_is_another_house():
    HouseFactory(address="Số 5 ngõ 12", commune=OtherCommuneFactory())

    assert found(typed()) == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_near"),
    [
        ("21.190000", "105.770000", True),
        ("21.190260", "105.770000", True),  # 29 m
        ("21.190280", "105.770000", False),  # 31 m
        ("21.190000", "105.770280", True),  # 29 m: a degree is shorter eastwards
        ("21.190000", "105.770300", False),
    ],
)
def test_a_house_within_thirty_metres_is_likely_the_same(latitude, longitude, is_near):
    house = HouseFactory(latitude=latitude, longitude=longitude)
    here = typed(latitude=21.19, longitude=105.77)

    assert found(here) == ([(house, False, True, False)] if is_near else [])


def test_the_same_number_of_another_landlord_is_a_hint():
    landlord = LandlordFactory()
    house = HouseFactory(landlord=LandlordFactory(phone=landlord.phone))

    assert found(typed(landlord)) == [(house, False, False, True)]


def test_the_landlords_own_other_house_is_none():
    landlord = LandlordFactory()
    HouseFactory(landlord=landlord)

    assert found(typed(landlord)) == []


def test_drafts_count_and_withdrawn_houses_do_not():
    draft = DraftHouseFactory(address="5, ngõ 12")
    WithdrawnHouseFactory(address="5, ngõ 12")

    assert found(typed()) == [(draft, True, False, False)]


def test_a_house_is_not_its_own_duplicate():
    assert found(HouseFactory(latitude=21.19, longitude=105.77)) == []


def test_an_address_of_nothing_is_like_no_other():
    HouseFactory(address="x", address_key="")

    assert found(typed(address="")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_likely_duplicates_are_one_query(count, django_assert_num_queries):
    HouseFactory.create_batch(count, address="5, ngõ 12")
    house = typed()

    with django_assert_num_queries(1):
        others = [
            (str(o), o.commune.name) for o in House.objects.likely_duplicates(house)
        ]

    assert len(others) == count
