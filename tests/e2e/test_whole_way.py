"""The whole way, as people walk it: a house is registered, a visit planned and done on the
tablet, a second person decides, a certificate is printed, a worker finds the room and
checks the code on the paper. Once in Vietnamese, once in English.
"""

import datetime as dt

import pypdfium2
import pytest
import zxingcpp
from django.core.management import call_command
from django.db import transaction
from playwright.sync_api import expect

from accounts.models import Role
from certificates.models import Certificate
from core import codes, jobs
from inspections.models import Visit
from reference.models import AdministrativeUnit
from registry.models import House
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.screens import OFFICE, PHONE, TABLET, photograph
from tests.reference.shipped import load_reference
from tests.registry.factories import jpeg

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "bốn từ không ai đoán"


@pytest.fixture
def commune():
    """The law, the communes and the checklist as they are shipped."""
    load_reference()
    call_command("load_checklist", verbosity=0)
    return AdministrativeUnit.objects.get(code="08974")


class Person:
    """Somebody with a browser of her own, of the size that she works with."""

    def __init__(self, browser, site, language, width, height=900):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN"
        )
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.site = site
        self.prefix = "" if language == "vi" else f"/{language}"
        self.language = language

    def go(self, address):
        self.page.goto(f"{self.site}{self.prefix}{address}")

    def sign_in(self, user):
        user.language = self.language
        user.set_password(PASSWORD)
        user.save()
        self.go("/account/login/")
        self.page.fill("[name=login]", user.phone)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main form button[type=submit]")

    def press(self, button):
        self.page.locator(button).first.click()

    def save(self):
        self.press("main form button[type=submit]:not([name])")

    def see(self, name, width):
        photograph(self.page, f"whole-way/{name}-{self.language}", [width])
        assert barriers(self.page) == []
        self.page.emulate_media(color_scheme="light")


@pytest.fixture
def person(browser, live_server, settings):
    """Makes people; the printed address is that of the server under test."""
    settings.SITE_URL = live_server.url
    people = []

    def make(language, width):
        people.append(Person(browser, live_server.url, language, width))
        return people[-1]

    yield make
    for one in people:
        one.context.close()


def register_a_house(landlord, folder):
    """From the first page to a registered house with two rooms."""
    page = landlord.page
    landlord.go("/account/signup/")
    page.fill("[name=full_name]", "Nguyễn Thị Thử")
    page.fill("[name=phone]", "0987 654 321")
    page.fill("[name=password1]", PASSWORD)
    landlord.save()
    page.locator("main input[type=checkbox]").first.check()
    landlord.save()

    page.wait_for_url("**/houses/new/")
    page.locator("input[type=search], [name=search]").first.press_sequentially(
        "quang minh"
    )
    page.locator("input[type=radio][name=commune][value='08974']").check()
    page.fill("[name=street]", "Đường Hoa Ban")
    page.fill("[name=address]", "số 5, ngõ 12")
    page.fill("[name=landmark]", "sau chợ Gia")
    landlord.save()
    page.wait_for_url("**/place/")
    page.fill("main form input[type=text]", "21.1952, 105.7651")
    landlord.save()
    page.wait_for_url("**/facts/")
    for name, value in (
        ("kind", "row"),
        ("gate", "own_key"),
        ("parking", "locked"),
        ("water", "piped"),
    ):
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=gate_closes]", "22:30")
    page.fill("[name=gate_opens]", "05:00")
    landlord.save()
    page.wait_for_url("**/fees/")
    landlord.save()
    page.wait_for_url("**/rooms/")
    add_rooms(landlord)
    photo = folder / "nha.jpg"
    photo.write_bytes(jpeg(1200, 900))
    page.locator("input[type=file][multiple]").set_input_files(photo)
    page.locator("form[enctype] button[type=submit]").first.click()
    expect(page.locator(".album img")).to_have_count(1)
    house = House.objects.get()
    landlord.go(f"/landlord/houses/{house.number}/review/")
    landlord.save()
    page.locator("[role=status]").wait_for()
    landlord.see("1-landlord", PHONE)


def add_rooms(landlord):
    page = landlord.page
    page.locator("a[href$='/rooms/run/']").first.click()
    page.fill("[name=run]", "101-102")
    page.fill("[name=area]", "12,5")
    page.fill("[name=max_people]", "3")
    page.fill("[name=rent]", "1.200.000")
    for name, value in (
        ("electricity", "state_price"),
        ("water", "state_price"),
        ("toilet", "own"),
    ):
        page.locator(f"[name={name}][value={value}]").check()
    landlord.save()
    expect(page.locator(".room-line")).to_have_count(2)
    page.goto(page.url.replace("/rooms/", "/photos/"))


def plan_a_visit(coordinator, house, inspects):
    page = coordinator.page
    coordinator.go(f"/office/visits/plan/{house.number}/")
    page.locator("[name=inspector]").select_option(str(inspects.pk))
    today = page.locator("[name=planned_for]")
    if not today.input_value():
        today.fill(dt.date.today().isoformat())  # noqa: DTZ011
    coordinator.save()
    page.wait_for_url("**/office/visits/**")


def do_the_visit(tablet, visit, folder):
    page = tablet.page
    tablet.go("/tablet/")
    inspector.unlock(page)
    rooms = list(visit.house.rooms.order_by("label").values_list("code", flat=True))
    inspector.visit_everything(
        page, visit.pk, rooms[:1], inspector.camera_picture(folder)
    )
    inspector.sign(page)
    page.locator("main .actions button").last.click()
    page.locator(".received").wait_for(timeout=30_000)
    tablet.see("2-tablet", TABLET)


def decide(reviewer):
    page = reviewer.page
    reviewer.go("/office/reviews/")
    page.locator("tbody a").first.click()
    page.locator("[name=as_the_rules_say]").wait_for()
    reviewer.see("3-review", OFFICE)
    page.locator("[name=as_the_rules_say]").click()
    expect(page.locator("main")).to_contain_text("-2026-")


def printed(reviewer, certificate, form):
    """The PDF as it comes from the printer's link, and what its QR code says."""
    address = f"/office/certificates/{certificate.number}/print/?format={form}"
    response = reviewer.page.request.get(f"{reviewer.site}{reviewer.prefix}{address}")
    assert response.headers["content-type"] == "application/pdf"
    return response.body()


def qr_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=3).to_pil()
    document.close()
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def walk(person, language, folder, commune):
    landlord = person(language, PHONE)
    register_a_house(landlord, folder)
    house = House.objects.get()

    coordinator = person(language, OFFICE)
    coordinator.sign_in(staff(Role.COORDINATOR, commune))
    inspects = staff(Role.INSPECTOR, commune)
    plan_a_visit(coordinator, house, inspects)
    visit = Visit.objects.get()

    tablet = person(language, TABLET)
    tablet.sign_in(inspects)
    do_the_visit(tablet, visit, folder)
    with transaction.atomic():
        jobs.run_waiting()  # the worker's part: photos are made anew

    reviewer = person(language, OFFICE)
    reviewer.sign_in(staff(Role.REVIEWER, commune))
    decide(reviewer)
    certificate = Certificate.objects.get()
    door = printed(reviewer, certificate, "a5")
    assert printed(reviewer, certificate, "a5") == door
    assert printed(reviewer, certificate, "a4")[:5] == b"%PDF-"

    worker = person(language, PHONE)
    address = qr_of(door)
    assert address.lower().startswith(worker.site)
    worker.page.goto(address)
    expect(worker.page.locator(".verdict-ok")).to_be_visible()
    worker.see("4-certificate", PHONE)
    worker.go("/?q=ap tre cho gia")
    worker.go("/?q=hoa ban&people=2&late=on")
    worker.page.locator("article.room a").first.click()
    expect(worker.page.locator("main")).to_contain_text(certificate.number)
    worker.see("5-room", PHONE)
    worker.go("/c/")
    worker.page.fill("[name=code]", codes.shown(certificate.code).lower())
    worker.page.press("[name=code]", "Enter")
    expect(worker.page.locator(".verdict-ok")).to_be_visible()


def test_whole_way_in_vietnamese(person, commune, tmp_path):
    walk(person, "vi", tmp_path, commune)


def test_whole_way_in_english(person, commune, tmp_path):
    walk(person, "en", tmp_path, commune)
