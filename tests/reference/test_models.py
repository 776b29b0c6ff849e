import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from reference.models import (
    AdministrativeUnit,
    Gate,
    LegalReference,
    Succession,
    Tariff,
)
from tests.reference.factories import (
    CommuneFactory,
    GateFactory,
    LegalReferenceFactory,
    PilotCommuneFactory,
    ProvinceFactory,
    SuccessionFactory,
    TariffFactory,
    TariffTierFactory,
)

pytestmark = pytest.mark.django_db


def test_unit_is_called_in_the_language_of_the_page():
    commune = PilotCommuneFactory.build()

    assert str(commune) == "Xã Quang Minh"
    with translation.override("en"):
        assert str(commune) == "Quang Minh Commune"


@pytest.mark.parametrize("code", ["1", "001", "0897", "08974x", "o8974"])
def test_unit_code_has_two_or_five_digits(code):
    commune = CommuneFactory.build(parent=ProvinceFactory(), code=code)

    with pytest.raises(ValidationError) as error:
        commune.validate_constraints()

    assert "năm chữ số" in str(error.value)


def test_commune_without_a_province_is_refused():
    with pytest.raises(IntegrityError, match="code_and_level"):
        CommuneFactory(parent=None)


def test_province_cannot_be_a_ward():
    with pytest.raises(IntegrityError, match="kind_and_level"):
        ProvinceFactory(kind="ward")


def test_unit_lies_in_viet_nam():
    with pytest.raises(IntegrityError, match="in_viet_nam"):
        ProvinceFactory(latitude=48.9)


def test_near_sorts_by_distance_in_metres():
    far = CommuneFactory(latitude=21.1508, longitude=105.7329)
    close = PilotCommuneFactory()

    units = AdministrativeUnit.objects.communes().near(21.1926, 105.7610)

    assert list(units) == [close, far]
    assert round(units[0].metres) == 1006


def test_gates_near_a_room():
    close = GateFactory(latitude=21.20)
    far = GateFactory(latitude=21.22, workplace=close.workplace)

    assert list(Gate.objects.near(21.19, 105.768)) == [close, far]


def test_units_in_force_on_a_day():
    commune = CommuneFactory()

    in_force = AdministrativeUnit.objects.communes().in_force_on

    assert not in_force(dt.date(2025, 6, 30)).exists()
    assert list(in_force(dt.date(2025, 7, 1))) == [commune]


def test_units_are_sorted_as_in_a_dictionary():
    names = ["Xã Yên Lãng", "Xã Đông Anh", "Xã Mê Linh", "Xã Dương Hoà"]
    province = ProvinceFactory()
    for name in names:
        CommuneFactory(name=name, parent=province)

    communes = AdministrativeUnit.objects.communes()

    assert [commune.short_name for commune in communes] == [
        "Dương Hoà",
        "Đông Anh",
        "Mê Linh",
        "Yên Lãng",
    ]


def test_whole_commune_has_one_successor():
    succession = SuccessionFactory(extent=Succession.Extent.WHOLE)

    with pytest.raises(IntegrityError, match="whole_once"):
        SuccessionFactory(former=succession.former, extent=Succession.Extent.WHOLE)


def test_split_commune_has_several_successors():
    succession = SuccessionFactory()

    SuccessionFactory(former=succession.former)

    assert succession.former.successors.count() == 2


def test_legal_reference_needs_both_languages():
    with pytest.raises(IntegrityError, match="both_languages"):
        LegalReferenceFactory(title={"vi": "Chỉ tiếng Việt"})


@pytest.mark.parametrize(
    ("fields", "vi", "en"),
    [
        (
            {"article": "27", "clause": "1, 2"},
            "khoản 1, 2 Điều 27 Luật 1/2025/QH15",
            "Law 1/2025/QH15, Article 27, clause 1, 2",
        ),
        (
            {"article": "13", "clause": "7, 11(c)"},
            "khoản 7, điểm c khoản 11 Điều 13 Luật 1/2025/QH15",
            "Law 1/2025/QH15, Article 13, clause 7, 11(c)",
        ),
        (
            {"act": "decree", "article": "", "annex": "I"},
            "Phụ lục I Nghị định 1/2025/QH15",
            "Decree 1/2025/QH15, Annex I",
        ),
        ({"article": ""}, "Luật 1/2025/QH15", "Law 1/2025/QH15"),
    ],
)
def test_legal_reference_is_cited_in_both_languages(fields, vi, en):
    reference = LegalReferenceFactory.build(**fields)

    assert reference.citations == {"vi": vi, "en": en}


def test_legal_reference_is_cited_in_the_language_of_the_page():
    with translation.override("en"):
        assert str(LegalReferenceFactory.build(article="20")).startswith("Law")


def test_only_what_was_read_is_sure():
    read = [LegalReferenceFactory(confidence=mark) for mark in ["V1", "V2"]]
    for mark in ["M", "U"]:
        LegalReferenceFactory(confidence=mark)

    assert list(LegalReference.objects.sure()) == read


def test_legal_reference_with_an_unknown_first_day_is_in_force_until_its_end():
    LegalReferenceFactory(in_force=DateRange(None, dt.date(2026, 7, 1)))

    in_force = LegalReference.objects.in_force_on

    assert in_force(dt.date(2026, 6, 30)).exists()
    assert not in_force(dt.date(2026, 7, 1)).exists()


def test_tariffs_of_one_kind_and_place_do_not_overlap():
    TariffFactory()

    with pytest.raises(IntegrityError, match="one_at_a_time"):
        TariffFactory(in_force=DateRange(dt.date(2027, 1, 1), None))


def test_overlapping_tariff_is_explained_in_a_form():
    TariffFactory()
    second = TariffFactory.build(reference=LegalReferenceFactory())

    with pytest.raises(ValidationError) as error:
        second.full_clean()

    assert "hãy kết thúc biểu giá" in str(error.value)


def test_tariffs_of_another_place_kind_or_period_stand_side_by_side():
    TariffFactory(in_force=DateRange(dt.date(2025, 5, 10), dt.date(2027, 1, 1)))
    TariffFactory(in_force=DateRange(dt.date(2027, 1, 1), None))
    TariffFactory(kind=Tariff.Kind.WATER)
    TariffFactory(kind=Tariff.Kind.WATER, place=ProvinceFactory())

    assert Tariff.objects.count() == 4


def test_tariffs_of_a_commune_are_its_provinces_and_the_countrys():
    commune = PilotCommuneFactory()
    country = TariffFactory()
    ha_noi = TariffFactory(kind=Tariff.Kind.WATER, place=commune.parent)
    TariffFactory(
        kind=Tariff.Kind.WATER, place=ProvinceFactory(code="04", name="Tỉnh Cao Bằng")
    )

    assert set(Tariff.objects.of_place(commune)) == {country, ha_noi}
    assert set(Tariff.objects.of_place(commune.parent)) == {country, ha_noi}


def test_tariff_with_half_a_tenant_rule_is_refused():
    with pytest.raises(IntegrityError, match="tenant_rule_is_whole"):
        TariffFactory(flat_tier=3)


def test_tariff_with_an_absurd_percentage_is_refused():
    with pytest.raises(IntegrityError, match="percentages"):
        TariffFactory(vat_percent=80)


def test_vat_is_unknown_after_the_day_the_law_names():
    tariff = TariffFactory.build(vat_percent=8, vat_until=dt.date(2026, 12, 31))

    assert tariff.vat_percent_on(dt.date(2026, 12, 31)) == 8
    assert tariff.vat_percent_on(dt.date(2027, 1, 1)) is None


def test_vat_without_an_end_stays():
    tariff = TariffFactory.build(vat_percent=5, vat_until=None)

    assert tariff.vat_percent_on(dt.date(2040, 1, 1)) == 5


def test_tiers_do_not_overlap():
    tier = TariffTierFactory(above=0, up_to=50)

    with pytest.raises(IntegrityError, match="no_overlap"):
        TariffTierFactory(tariff=tier.tariff, number=2, above=49, up_to=100)


def test_tiers_touch():
    tier = TariffTierFactory(above=0, up_to=50)

    TariffTierFactory(tariff=tier.tariff, number=2, above=50, up_to=None)

    assert tier.tariff.tiers.count() == 2


def test_tier_ends_above_where_it_begins():
    with pytest.raises(IntegrityError, match="up_to_is_more"):
        TariffTierFactory(above=50, up_to=50)


@pytest.mark.parametrize("count", [1, 3])
def test_tariffs_with_tiers_query_count(count, django_assert_num_queries):
    for year in range(count):
        period = DateRange(dt.date(2020 + year, 1, 1), dt.date(2021 + year, 1, 1))
        TariffTierFactory(tariff=TariffFactory(in_force=period))

    with django_assert_num_queries(2):
        tiers = [list(tariff.tiers.all()) for tariff in Tariff.objects.with_tiers()]

    assert len(tiers) == count
