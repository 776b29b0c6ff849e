"""The files hold what the acts say. The acts win over the source of the files."""

import pytest
from django.conf import settings
from django.db.models import Count

from reference.models import (
    AdministrativeUnit,
    FormerUnit,
    Gate,
    LegalReference,
    Tariff,
    Workplace,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

PILOT = {
    "00454": "Xã Đông Anh",
    "00466": "Xã Phúc Thịnh",
    "00475": "Xã Thư Lâm",
    "00493": "Xã Thiên Lộc",
    "00508": "Xã Vĩnh Thanh",
    "08974": "Xã Quang Minh",
    "08980": "Xã Yên Lãng",
    "08995": "Xã Tiến Thắng",
    "09022": "Xã Mê Linh",
}
# Resolution 1656/NQ-UBTVQH15, Article 1, clauses 113 to 121: what went in as a whole.
WHOLE = {
    "Xã Thư Lâm": ["Xã Thụy Lâm", "Xã Vân Hà"],
    "Xã Đông Anh": ["Xã Cổ Loa", "Xã Mai Lâm", "Xã Đông Hội"],
    "Xã Phúc Thịnh": ["Xã Bắc Hồng", "Xã Nam Hồng", "Xã Vân Nội"],
    "Xã Thiên Lộc": ["Xã Võng La"],
    "Xã Vĩnh Thanh": [],
    "Xã Mê Linh": ["Xã Tráng Việt"],
    "Xã Yên Lãng": ["Xã Chu Phan", "Xã Hoàng Kim", "Xã Liên Mạc"],
    "Xã Tiến Thắng": ["Xã Tam Đồng", "Xã Tiến Thắng", "Xã Tự Lập"],
    "Xã Quang Minh": ["Thị trấn Chi Đông", "Thị trấn Quang Minh"],
}
# The same clauses: what was divided among several.
SPLIT = {
    ("Thị trấn Đông Anh", "Huyện Đông Anh"): ["Thư Lâm", "Đông Anh", "Phúc Thịnh"],
    ("Xã Xuân Nộn", "Huyện Đông Anh"): ["Thư Lâm", "Phúc Thịnh"],
    ("Xã Liên Hà", "Huyện Đông Anh"): ["Thư Lâm", "Đông Anh"],
    ("Xã Dục Tú", "Huyện Đông Anh"): ["Thư Lâm", "Đông Anh"],
    ("Xã Uy Nỗ", "Huyện Đông Anh"): ["Thư Lâm", "Đông Anh"],
    ("Xã Việt Hùng", "Huyện Đông Anh"): ["Thư Lâm", "Đông Anh"],
    ("Xã Nguyên Khê", "Huyện Đông Anh"): ["Thư Lâm", "Phúc Thịnh"],
    ("Xã Tàm Xá", "Huyện Đông Anh"): ["Đông Anh", "Vĩnh Thanh"],
    ("Xã Tiên Dương", "Huyện Đông Anh"): ["Đông Anh", "Phúc Thịnh"],
    ("Xã Xuân Canh", "Huyện Đông Anh"): ["Đông Anh", "Vĩnh Thanh"],
    ("Xã Vĩnh Ngọc", "Huyện Đông Anh"): ["Đông Anh", "Phúc Thịnh", "Vĩnh Thanh"],
    ("Xã Kim Chung", "Huyện Đông Anh"): ["Thiên Lộc", "Vĩnh Thanh"],
    ("Xã Kim Nỗ", "Huyện Đông Anh"): ["Thiên Lộc", "Vĩnh Thanh"],
    ("Xã Hải Bối", "Huyện Đông Anh"): ["Thiên Lộc", "Vĩnh Thanh"],
    ("Xã Đại Mạch", "Huyện Đông Anh"): ["Thiên Lộc", "Mê Linh"],
    ("Xã Tiền Phong", "Huyện Mê Linh"): ["Thiên Lộc", "Mê Linh", "Quang Minh"],
    ("Xã Văn Khê", "Huyện Mê Linh"): ["Mê Linh", "Yên Lãng", "Tiến Thắng"],
    ("Xã Mê Linh", "Huyện Mê Linh"): ["Mê Linh", "Quang Minh"],
    ("Xã Đại Thịnh", "Huyện Mê Linh"): ["Mê Linh", "Tiến Thắng", "Quang Minh"],
    ("Xã Thạch Đà", "Huyện Mê Linh"): ["Yên Lãng", "Tiến Thắng"],
    ("Xã Kim Hoa", "Huyện Mê Linh"): ["Tiến Thắng", "Quang Minh"],
    ("Xã Thanh Lâm", "Huyện Mê Linh"): ["Tiến Thắng", "Quang Minh"],
}


def test_units_are_34_provinces_and_3321_communes():
    assert AdministrativeUnit.objects.provinces().count() == 34
    assert AdministrativeUnit.objects.communes().count() == 3321


def test_cities_are_seven():
    cities = AdministrativeUnit.objects.provinces().filter(kind="city")

    assert [city.short_name for city in cities] == [
        "Cần Thơ",
        "Đà Nẵng",
        "Đồng Nai",
        "Hà Nội",
        "Hải Phòng",
        "Hồ Chí Minh",
        "Huế",
    ]


def test_communes_of_ha_noi_are_51_wards_and_75_communes():
    kinds = (
        AdministrativeUnit.objects.filter(parent="01")
        .values_list("kind")
        .annotate(Count("code"))
    )

    assert dict(kinds.order_by()) == {"ward": 51, "commune": 75}


def test_pilot_communes_are_nine_in_region_of_ha_noi():
    pilot = AdministrativeUnit.objects.pilot()

    assert dict(pilot.values_list("code", "name")) == PILOT
    assert set(pilot.values_list("parent", flat=True)) == {"01"}


def test_names_are_spelled_as_the_office_of_statistics_spells_them():
    names = AdministrativeUnit.objects.in_bulk(["38", "56", "00175", "09988"])

    assert [names[code].name for code in sorted(names)] == [
        "Phường Yên Hoà",
        "Xã Hoà Lạc",
        "Tỉnh Thanh Hoá",
        "Tỉnh Khánh Hoà",
    ]


def test_english_name_of_a_ward():
    assert (
        AdministrativeUnit.objects.get(code="00226").name_en
        == "Van Mieu - Quoc Tu Giam Ward"
    )


@pytest.mark.parametrize(("name", "former"), WHOLE.items())
def test_whole_former_communes_of_the_pilot(name, former):
    commune = AdministrativeUnit.objects.pilot().get(name=name)

    whole = commune.former_units.filter(successions__extent="whole")

    assert sorted(unit.name for unit in whole) == sorted(former)


@pytest.mark.parametrize(("former", "communes"), SPLIT.items())
def test_split_former_communes_of_the_pilot(former, communes):
    name, district = former

    unit = FormerUnit.objects.get(name=name, district=district)

    assert set(unit.successors.values_list("short_name", flat=True)) == set(communes)
    assert set(unit.successions.values_list("extent", flat=True)) == {"part"}


def test_every_former_commune_has_a_successor_and_every_commune_a_former_one():
    assert FormerUnit.objects.count() == 10040
    assert not FormerUnit.objects.filter(successors=None).exists()
    assert not AdministrativeUnit.objects.communes().filter(former_units=None).exists()


def test_zones_lie_in_pilot_communes_and_say_how_surely():
    assert dict(Workplace.objects.values_list("key", "commune__pilot")) == {
        "kim-hoa": True,
        "quang-minh-1": True,
        "quang-minh-2": True,
        "thang-long": True,
    }
    assert set(Gate.objects.values_list("certainty", flat=True)) == {"approximate"}
    assert not Workplace.objects.filter(gates=None).exists()


def test_electricity_has_six_tiers():
    tariff = Tariff.objects.electricity().get()

    assert list(tariff.tiers.values_list("above", "up_to", "price")) == [
        (0, 50, 1984),
        (50, 100, 2050),
        (100, 200, 2380),
        (200, 300, 2998),
        (300, 400, 3350),
        (400, None, 3460),
    ]


def test_legal_texts_are_one_sentence_in_both_languages():
    for reference in LegalReference.objects.all():
        for text in (reference.title, reference.summary):
            assert set(text) == {"vi", "en"}
            assert all(text.values())
        assert all(
            text.endswith(".") and text.count(". ") == 0
            for text in reference.summary.values()
        ), reference.key


def test_legal_keys_hold_the_number_of_the_act():
    for reference in LegalReference.objects.exclude(act="regulation"):
        number = reference.number.split("/")[0]

        assert reference.key.split("-")[1:3] == [number, str(reference.year)]


def test_files_are_small_enough_to_be_read_in_version_control():
    sizes = [
        path.stat().st_size for path in (settings.BASE_DIR / "fixtures").glob("*.tsv")
    ]

    assert sum(sizes) < 1_000_000


def test_water_of_ha_noi_costs_what_the_city_decided():
    tariff = Tariff.objects.water().get(place="01")

    assert list(tariff.tiers.values_list("up_to", "price")) == [
        (10, 8500),
        (20, 9900),
        (30, 16000),
        (None, 27000),
    ]
    assert (tariff.vat_percent, tariff.environment_fee_percent) == (5, 10)
