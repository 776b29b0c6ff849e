"""What a worker sees: the search, a room, a certificate; on a phone first."""

import datetime as dt

import pytest
from django.conf import settings
from playwright.sync_api import expect

from demo.pictures import photo as drawn
from registry.actions import add_photo
from tests.barriers import barriers
from tests.certificates.factories import SuspensionFactory
from tests.e2e.screens import OFFICE, PHONE, TABLET, photograph
from tests.lookup.factories import CheckedRoomFactory, GateFactory
from tests.reference.shipped import load_reference
from tests.registry.factories import FeeFactory, HouseFactory

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = [PHONE, TABLET, OFFICE]


@pytest.fixture
def certificate():
    """One of three certified rooms near a gate."""
    GateFactory()
    house = HouseFactory(
        name="Nhà trọ Hoa Sen",
        hamlet="Thôn Ấp Tre",
        landmark="Sau chợ Gia",
        latitude="21.195000",
        longitude="105.765000",
        gate="own_key",
        gate_closes=dt.time(22, 30),
        gate_opens=dt.time(5),
    )
    FeeFactory(house=house, name="Rác", amount=20_000, per="room")
    rooms = [
        CheckedRoomFactory(
            room__house=house,
            room__label=label,
            room__max_people=3,
            room__free_from=dt.date(2026, 1, 1),
            women_mark=label == "101",
        )
        for label in ("101", "102", "103")
    ]
    scenes = ["room-family", "room-loft", "room-bed"]
    for certificate, scene in zip(reversed(rooms), scenes, strict=True):
        add_photo(
            house=house,
            room=certificate.room,
            file=drawn(scene),
            by=house.landlord.user,
        )
    return rooms[0]


@pytest.mark.parametrize("language", ["", "/en"])
def test_search_on_the_phone(live_server, page, certificate, language):
    page.goto(f"{live_server.url}{language}/")
    page.fill("input[name=q]", "ap tre")
    page.select_option("select[name=near]", "quang-minh-gate")
    page.fill("input[name=people]", "2")
    page.check("input[name=late]")
    page.click("form.search button")

    expect(page.locator("article.room")).to_have_count(3)
    assert barriers(page) == []
    assert photograph(page, f"lookup/search{language.replace('/', '-')}") == WIDTHS


@pytest.mark.parametrize("language", ["", "/en"])
def test_room_on_the_phone(live_server, page, certificate, language):
    load_reference()
    page.goto(f"{live_server.url}{language}/rooms/{certificate.room.code}/?people=2")

    assert photograph(page, f"lookup/room{language.replace('/', '-')}") == WIDTHS
    assert barriers(page) == []


def test_search_that_finds_nothing(live_server, page, certificate):
    page.goto(f"{live_server.url}/?q=nơi khác")

    assert page.locator(".empty").count() == 1
    assert barriers(page) == []
    photograph(page, "lookup/nothing")


@pytest.mark.parametrize("state", ["valid", "suspended", "mistyped"])
def test_certificate_on_the_phone(live_server, page, certificate, state):
    if state == "suspended":
        SuspensionFactory(certificate=certificate)
    code = certificate.code
    if state == "mistyped":
        code = code[:-1] + ("2" if code[-1] != "2" else "3")

    page.goto(f"{live_server.url}/c/")
    page.fill("input[name=code]", code.lower())
    page.press("input[name=code]", "Enter")

    page.wait_for_url(f"{live_server.url}/c/{code}/")
    assert barriers(page) == []
    assert photograph(page, f"lookup/certificate-{state}") == WIDTHS


def test_pictures_of_the_readme(live_server, page, certificate):
    """`docs/images` holds copies of these two."""
    pictures = {
        "rooms": "/?near=quang-minh-gate&people=2",
        "certificate": f"/c/{certificate.code}/",
    }
    folder = settings.VAR_DIR / "screenshots" / "readme"
    folder.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": PHONE, "height": 720})

    for name, address in pictures.items():
        page.goto(live_server.url + address)
        if name == "rooms":
            page.locator("article.room").first.scroll_into_view_if_needed()
            page.evaluate("Promise.all([...document.images].map(i => i.decode()))")
        page.screenshot(path=folder / f"{name}.png")

    assert sorted(path.name for path in folder.glob("*.png")) == [
        "certificate.png",
        "rooms.png",
    ]
