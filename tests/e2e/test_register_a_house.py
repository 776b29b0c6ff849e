"""A landlord with a telephone, from the first page to a registered house."""

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from registry.models import House, Room
from tests.accounts.factories import UserFactory
from tests.barriers import barriers
from tests.e2e.screens import PHONE, photograph
from tests.reference.factories import (
    FormerUnitFactory,
    LegalReferenceFactory,
    SuccessionFactory,
    TariffFactory,
    TariffTierFactory,
)
from tests.registry.factories import (
    CommuneFactory,
    ConsentTextFactory,
    FeeFactory,
    HouseFactory,
    OtherCommuneFactory,
    RoomFactory,
    jpeg,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(live_server, page, context, client):
    """Signs somebody in on a telephone; gives a function that opens a page."""
    page.set_viewport_size({"width": PHONE, "height": 740})

    def sign_in(user):
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url}]
        )
        return lambda address: page.goto(live_server.url + address)

    return sign_in


@pytest.fixture
def communes():
    ConsentTextFactory()
    ConsentTextFactory(kind="contact_shown")
    former = FormerUnitFactory(name="Xã Kim Chung", district="Huyện Đông Anh")
    SuccessionFactory(former=former, successor=OtherCommuneFactory())
    return CommuneFactory()


def see(page, name):
    """Photograph the page on the telephone; nothing sticks out and nothing is in the way."""
    assert photograph(page, f"landlord/{name}", [PHONE]) == [PHONE]
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")


def save(page):
    page.get_by_role("button", name=re.compile("Lưu")).click()


def test_a_landlord_registers_a_house(phone, page, communes, context, tmp_path):
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 21.1952, "longitude": 105.7651})
    photo = tmp_path / "nha.jpg"
    photo.write_bytes(jpeg(1200, 900))
    phone(UserFactory(full_name="Nguyễn Thị Thử"))("/landlord/")

    # Who lets the rooms; the terms are not ticked for her.
    expect(page.get_by_label("Tôi đã đọc và đồng ý.")).not_to_be_checked()
    see(page, "01-start")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy đánh dấu vào ô này")
    page.get_by_label("Tôi đã đọc và đồng ý.").check()
    page.get_by_role("button", name="Tiếp tục").click()

    # 1: the address; the old name of the commune, without accents.
    page.get_by_label("Xã, phường", exact=True).press_sequentially("kim chung")
    page.get_by_label(re.compile("trước đây: Xã Kim Chung")).check()
    page.get_by_label("Đường, phố").fill("Đường Hoa Ban")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Số nhà")
    expect(page.get_by_label("Đường, phố")).to_have_value("Đường Hoa Ban")
    see(page, "02-address-wrong")
    page.get_by_label("Số nhà, ngõ, ngách").fill("số 5, ngách 12/3")
    page.get_by_label("Gần chỗ nào").fill("sau chợ Gia")
    see(page, "03-address")
    save(page)

    # 2: the place, from the telephone.
    page.get_by_role("button", name="Tôi đang ở nhà trọ").click()
    expect(page.get_by_label("Vị trí trên bản đồ")).to_have_value(
        "21.195200, 105.765100"
    )
    see(page, "04-place")
    save(page)

    # 3: the house; an hour is forgotten, the rest stays.
    page.get_by_label("Dãy trọ một tầng").check()
    page.get_by_label("người thuê nào cũng có chìa khoá").check()
    page.get_by_label("Có chỗ khoá riêng").check()
    page.get_by_label("Nước máy", exact=True).check()
    page.get_by_label("Cổng đóng lúc").fill("22:30")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Hãy ghi giờ")
    expect(page.get_by_label("Có chỗ khoá riêng")).to_be_checked()
    see(page, "05-house-wrong")
    page.get_by_label("Cổng mở lúc").fill("05:00")
    save(page)

    # 4: fees.
    page.locator("[name=fees-0-name]").fill("Rác")
    page.locator("[name=fees-0-amount]").fill("20.000")
    see(page, "06-fees")
    save(page)

    # 5: rooms, five at once.
    see(page, "07-no-rooms")
    page.get_by_role("link", name="Thêm nhiều phòng giống nhau").click()
    page.get_by_label("Các số phòng").fill("101-104, 106")
    page.get_by_label("Diện tích").fill("12,5")
    page.get_by_label("Tiền thuê, đồng").fill("1,2 triệu")
    page.locator("[name=electricity][value=per_kwh]").check()
    page.get_by_label("Giá điện").fill("4.000")
    page.locator("[name=water][value=per_person]").check()
    page.get_by_label("Giá nước").fill("80k")
    page.locator("[name=toilet][value=own]").check()
    see(page, "08-run")
    page.get_by_role("button", name="Thêm các phòng này").click()
    expect(page.locator(".room-line")).to_have_count(5)
    see(page, "09-rooms")
    page.get_by_role("link", name="Tiếp tục").click()

    # 6: photos.
    page.locator("input[type=file][multiple]").set_input_files(photo)
    page.get_by_role("button", name="Gửi ảnh", exact=True).click()
    expect(page.locator(".album img")).to_have_count(1)
    see(page, "10-photos")
    page.get_by_role("link", name="Tiếp tục").click()

    # 7: once more, and the register.
    see(page, "11-review")
    page.get_by_role("button", name="Đăng ký nhà này").click()
    house = House.objects.get()
    expect(page.get_by_role("status")).to_contain_text(house.shown_number)
    see(page, "12-house")

    assert house.is_registered
    assert (house.commune_id, house.address_key) == ("00454", "12/3/5")
    assert sorted(house.rooms.values_list("label", "rent", "water_price")) == [
        (label, 1_200_000, 80_000) for label in ("101", "102", "103", "104", "106")
    ]


def test_a_landlord_finds_the_commune_without_a_script(
    browser, live_server, client, communes
):
    client.force_login(HouseFactory().landlord.user)
    context = browser.new_context(
        java_script_enabled=False, locale="vi", viewport={"width": 360, "height": 740}
    )
    cookie = client.cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/landlord/houses/new/")
    page.get_by_label("Đường, phố").fill("Đường Hoa Mai")
    page.get_by_label("Xã, phường", exact=True).fill("kim chung")
    page.get_by_role("button", name="Tìm xã, phường").click()

    expect(page.get_by_label("Đường, phố")).to_have_value("Đường Hoa Mai")
    expect(page.locator(".error")).to_have_count(0)
    page.get_by_label(re.compile("trước đây: Xã Kim Chung")).check()
    page.get_by_label("Số nhà, ngõ, ngách").fill("7")
    save(page)

    expect(page).to_have_url(re.compile("/place/"))
    context.close()


def test_a_likely_duplicate_is_shown_and_does_not_stop_her(phone, page, communes):
    HouseFactory(address="Số 5 ngõ 12", street="Đường Hoa Ban")
    phone(HouseFactory(address="9").landlord.user)("/landlord/houses/new/")
    page.get_by_label("Xã, phường", exact=True).fill("quang minh")
    page.get_by_label("Xã Quang Minh").check()
    page.get_by_label("Đường, phố").fill("duong hoa ban")
    page.get_by_label("Số nhà, ngõ, ngách").fill("ngõ 12, số 5")
    save(page)

    expect(page.get_by_role("alert")).to_contain_text("cùng địa chỉ")
    see(page, "20-duplicate")
    save(page)

    expect(page).to_have_url(re.compile("/place/"))


@pytest.fixture
def room(communes):
    """A room whose landlord charges 4.000 đ for a kWh."""
    law = LegalReferenceFactory(key="decree-133-2026-art-13", act="decree")
    tariff = TariffFactory(people_per_household=4, flat_tier=3, tenant_reference=law)
    ends = [(0, 50, 1984), (50, 100, 2050), (100, None, 2380)]
    for number, (above, up_to, price) in enumerate(ends, start=1):
        TariffTierFactory(
            tariff=tariff, number=number, above=above, up_to=up_to, price=price
        )
    room = RoomFactory(
        label="101",
        electricity="per_kwh",
        electricity_price=4_000,
        water="per_person",
        water_price=80_000,
    )
    FeeFactory(house=room.house, name="Gửi xe", amount=70_000, per="vehicle")
    return room


def test_rent_and_vacancy_are_two_taps_away(phone, page, room):
    phone(room.house.landlord.user)(f"/landlord/houses/{room.house.number}/")
    page.get_by_role("link", name=re.compile("Kín hay trống")).first.click()
    see(page, "30-vacancy")
    page.get_by_role("button", name="Trống từ hôm nay").click()
    expect(page.locator(".room-own .chip")).to_contain_text("trống")

    page.get_by_role("link", name=re.compile("Đổi tiền thuê")).first.click()
    page.get_by_label(re.compile("Tiền thuê")).fill("1tr3")
    see(page, "31-rent")
    save(page)

    expect(page.locator(".room-own")).to_contain_text("1.300.000 đ")
    room.refresh_from_db()
    assert (room.rent, room.free_from is not None) == (1_300_000, True)


def test_a_room_shows_its_true_cost_and_a_price_above_the_lawful(phone, page, room):
    phone(room.house.landlord.user)(f"/landlord/rooms/{room.code}/")

    expect(page.locator(".cost-of")).to_have_count(4)
    expect(page.locator(".cost-of .notice").first).to_contain_text("quy định cho thu")
    see(page, "32-room")
    page.get_by_text("Tính với mức dùng khác").click()
    page.get_by_label("Số điện (kWh) mỗi người").fill("30")
    page.get_by_role("button", name="Tính", exact=True).click()

    expect(page.locator(".cost-of").first).to_contain_text("30")


def test_a_room_at_the_state_price_shows_each_tier_with_its_law(phone, page, room):
    Room.objects.update(
        electricity="state_price",
        electricity_price=None,
        water="state_price",
        water_price=None,
    )
    phone(room.house.landlord.user)(f"/landlord/rooms/{room.code}/?undeclared=on")
    expect(page.locator(".cost-of").first).to_contain_text("theo giá bậc 3")
    phone(room.house.landlord.user)(f"/landlord/rooms/{room.code}/")

    expect(page.locator(".cost-of").first).to_contain_text("Điện, bậc 1")
    see(page, "33-room-state-price")


def test_the_other_pages_of_a_landlord(phone, page, room):
    go = phone(room.house.landlord.user)
    number, code = room.house.number, room.code
    pages = {
        "40-houses": "houses/",
        "41-room-change": f"rooms/{code}/change/",
        "42-room-photos": f"rooms/{code}/photos/",
        "43-room-withdrawal": f"rooms/{code}/withdrawal/",
        "44-house-withdrawal": f"houses/{number}/withdrawal/",
        "45-contact": "contact/",
        "46-person": "person/",
        "47-room-add": f"houses/{number}/rooms/add/",
    }
    for name, address in pages.items():
        go(f"/landlord/{address}")
        see(page, name)
    go("/en/landlord/houses/")
    see(page, "48-houses-english")
    go(f"/en/landlord/rooms/{code}/")
    see(page, "49-room-english")


def test_a_landlord_withdraws_a_room(phone, page, room):
    phone(room.house.landlord.user)(f"/landlord/rooms/{room.code}/withdrawal/")
    page.get_by_label("Vì sao?").fill("Nhà tự ở")
    page.get_by_role("button", name="Rút phòng khỏi sổ").click()

    expect(page.get_by_role("status")).to_contain_text("Đã rút phòng 101")
    with override("vi"):
        assert Room.objects.get().withdrawn_because == "Nhà tự ở"
