import datetime as dt
import io

import factory
from PIL import Image

from accounts.actions import give_consent
from accounts.models import ConsentText
from core import clock, codes
from registry.models import Fee, House, Landlord, Photo, Room
from registry.rules import address_key
from tests.accounts.factories import UserFactory
from tests.reference import factories as reference


def jpeg(width=640, height=480, colour="teal"):
    """A photo as a telephone sends it."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


class CommuneFactory(reference.CommuneFactory):
    """Quang Minh, of the pilot."""

    code = "08974"
    name = "Xã Quang Minh"
    latitude = 21.19
    longitude = 105.77
    pilot = True


class OtherCommuneFactory(CommuneFactory):
    """Dong Anh, of the pilot too."""

    code = "00454"
    name = "Xã Đông Anh"


class ConsentTextFactory(factory.django.DjangoModelFactory):
    """The first terms. A migration brings them, and a browser test's end takes them away."""

    class Meta:
        model = ConsentText
        django_get_or_create = ["kind", "version"]

    kind = ConsentText.Kind.LANDLORD_TERMS
    version = 1
    text = {"vi": "Tôi ghi đúng sự thật.", "en": "What I write is true."}
    in_force_from = dt.date(2025, 1, 1)


class LandlordFactory(factory.django.DjangoModelFactory):
    """Signed in, and has agreed to the terms."""

    class Meta:
        model = Landlord
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    full_name = "Trần Thị Chủ"
    phone = factory.SelfAttribute("user.phone")

    @factory.post_generation
    def terms(self, create, extracted):
        text = ConsentTextFactory()
        give_consent(user=self.user, kind=text.kind, language="vi")


class DraftHouseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = House

    number = factory.LazyFunction(lambda: codes.make(7))
    landlord = factory.SubFactory(LandlordFactory)
    commune = factory.SubFactory(CommuneFactory)
    street = "Đường Hoa Ban"
    address = factory.Sequence(lambda n: f"số {n + 1}, ngõ 12")
    address_key = factory.LazyAttribute(lambda house: address_key(house.address))


class HouseFactory(DraftHouseFactory):
    kind = House.Kind.ROW
    gate = House.Gate.ALWAYS_OPEN
    parking = House.Parking.LOCKED
    water = House.Water.PIPED
    registered_at = factory.LazyFunction(clock.now)


class WithdrawnHouseFactory(HouseFactory):
    withdrawn_at = factory.LazyFunction(clock.now)
    withdrawn_because = "Đã bán nhà"


class FeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Fee

    house = factory.SubFactory(HouseFactory)
    name = factory.Sequence(lambda n: f"Vệ sinh {n}")
    amount = 20_000
    per = Fee.Per.PERSON


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Room

    code = factory.LazyFunction(lambda: codes.make(8))
    house = factory.SubFactory(HouseFactory)
    label = factory.Sequence(lambda n: f"{101 + n}")
    area = 14
    max_people = 2
    rent = 1_200_000
    electricity = Room.Electricity.STATE_PRICE
    water = Room.Water.STATE_PRICE
    toilet = Room.Toilet.OWN


class WithdrawnRoomFactory(RoomFactory):
    withdrawn_at = factory.LazyFunction(clock.now)
    withdrawn_because = "Không cho thuê nữa"


class PhotoFactory(factory.django.DjangoModelFactory):
    """A row with small files behind it; not what re-encoding would make."""

    class Meta:
        model = Photo

    house = factory.SubFactory(HouseFactory)
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    small = factory.django.FileField(data=b"small", filename="small.webp")
    medium = factory.django.FileField(data=b"medium", filename="medium.webp")
    large = factory.django.FileField(data=b"large", filename="large.jpg")
    width = 1600
    height = 1200
    added_by = factory.SelfAttribute("house.landlord.user")


class RoomPhotoFactory(PhotoFactory):
    room = factory.SubFactory(RoomFactory)
    house = factory.SelfAttribute("room.house")
