import datetime as dt

import factory
from django.db.backends.postgresql.psycopg_any import DateRange

from core.text import fold, sort_key
from reference import rules
from reference.models import (
    AdministrativeUnit,
    FormerUnit,
    Gate,
    LegalReference,
    Succession,
    Tariff,
    TariffTier,
    Workplace,
)


class ProvinceFactory(factory.django.DjangoModelFactory):
    """Hà Nội. Give `name` its kind ("Tỉnh Cao Bằng") and what follows from it follows."""

    class Meta:
        model = AdministrativeUnit
        django_get_or_create = ["code"]

    code = "01"
    level = AdministrativeUnit.Level.PROVINCE
    name = "Thành phố Hà Nội"
    kind = factory.LazyAttribute(lambda unit: rules.kind_of(unit.name))
    name_en = factory.LazyAttribute(lambda unit: rules.english_name(unit.name))
    short_name = factory.LazyAttribute(lambda unit: rules.split_name(unit.name)[1])
    latitude = 21.0
    longitude = 105.7
    in_force = DateRange(dt.date(2025, 7, 1), None)
    short_text = factory.LazyAttribute(lambda unit: fold(unit.short_name))
    name_text = factory.LazyAttribute(lambda unit: rules.search_words(unit.name))
    search_text = factory.LazyAttribute(lambda unit: rules.search_words(unit.name))
    sort_key = factory.LazyAttribute(lambda unit: sort_key(unit.short_name))


class CommuneFactory(ProvinceFactory):
    """A commune in Hà Nội: Xã 10001, Xã 10002, ..."""

    code = factory.Sequence(lambda n: f"{10001 + n}")
    level = AdministrativeUnit.Level.COMMUNE
    parent = factory.SubFactory(ProvinceFactory)
    name = factory.LazyAttribute(lambda unit: f"Xã {unit.code}")


class PilotCommuneFactory(CommuneFactory):
    code = "08974"
    name = "Xã Quang Minh"
    latitude = 21.1926
    longitude = 105.7513
    pilot = True


class FormerUnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FormerUnit

    code = factory.Sequence(lambda n: f"{20001 + n}")
    kind = FormerUnit.Kind.COMMUNE
    name = "Xã Kim Chung"
    district = "Huyện Đông Anh"
    province = "Thành phố Hà Nội"
    name_text = factory.LazyAttribute(lambda unit: rules.search_words(unit.name))
    search_text = factory.LazyAttribute(
        lambda unit: rules.search_words(unit.name, unit.district, unit.province)
    )


class SuccessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Succession

    former = factory.SubFactory(FormerUnitFactory)
    successor = factory.SubFactory(CommuneFactory)
    extent = Succession.Extent.PART


class WorkplaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workplace

    key = factory.Sequence(lambda n: f"zone-{n}")
    name = factory.LazyAttribute(lambda place: f"Khu công nghiệp {place.key}")
    name_en = factory.LazyAttribute(lambda place: f"Industrial Zone {place.key}")
    commune = factory.SubFactory(PilotCommuneFactory)
    search_text = factory.LazyAttribute(lambda place: f" {fold(place.name)} ")
    sort_key = factory.LazyAttribute(lambda place: sort_key(place.name))


class GateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gate

    key = factory.Sequence(lambda n: f"gate-{n}")
    workplace = factory.SubFactory(WorkplaceFactory)
    name = "Cổng chính"
    name_en = "Main gate"
    latitude = 21.19
    longitude = 105.768
    certainty = Gate.Certainty.APPROXIMATE


class LegalReferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalReference

    key = factory.Sequence(lambda n: f"law-1-2025-art-{n + 1}")
    act = LegalReference.Act.LAW
    number = "1/2025/QH15"
    year = 2025
    article = factory.Sequence(lambda n: f"{n + 1}")
    title = {"vi": "Điều thử", "en": "A test"}
    summary = {"vi": "Câu thử.", "en": "A test."}
    in_force = DateRange(dt.date(2025, 7, 1), None)
    confirmed_on = dt.date(2026, 10, 3)
    confidence = LegalReference.Confidence.V1
    source = LegalReference.Source.ACT


class TariffFactory(factory.django.DjangoModelFactory):
    """Electricity for the whole country, without tiers."""

    class Meta:
        model = Tariff

    key = factory.Sequence(lambda n: f"tariff-{n}")
    kind = Tariff.Kind.ELECTRICITY
    in_force = DateRange(dt.date(2025, 5, 10), None)
    reference = factory.SubFactory(LegalReferenceFactory)
    vat_percent = 8


class TariffTierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TariffTier

    tariff = factory.SubFactory(TariffFactory)
    number = 1
    above = 0
    up_to = 50
    price = 1984
