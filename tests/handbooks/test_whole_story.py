"""A sentence from the editor's desk to a worker's hand, and what became of that copy.

One browser, real pages, real paper: the square is read from the page that is printed.
"""

import re

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from accounts.models import Role
from core import jobs
from handbooks.models import PrintRun
from tests.accounts.factories import staff
from tests.e2e.desk import looked_at, sign_in
from tests.e2e.screens import OFFICE, PHONE
from tests.handbooks.factories import editor, volume_with

pytestmark = pytest.mark.django_db(transaction=True)

BOOK = "/office/handbooks/workers/vi/"


@pytest.fixture
def site(live_server, settings):
    """Where the square on the back leads: to the registry that this test runs."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def as_(page, live_server, client):
    """The office's browser, in somebody's hands."""

    def signed_in(user):
        sign_in(page, live_server, client, user)
        return page

    return signed_in


@pytest.fixture
def phone(browser):
    """The phone of somebody who has never been here; each time another one."""
    contexts = []

    def open_at(address):
        contexts.append(browser.new_context(locale="vi-VN"))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_printed_copy_is_current_until_a_second_edition_says_otherwise(
    site, as_, phone
):
    volume = volume_with("Lối thoát khi cháy", "Khoá và chìa")
    hoa, lan, mai = editor(), editor(), staff(Role.PRINT_OFFICER)

    desk = as_(hoa)
    writes(desk, site, "Đếm số cửa từ phòng ra cầu thang.")
    previews_on_paper(desk)
    saves_and_prepares(desk, site)
    publishes(as_(lan))
    jobs.run_waiting()
    printed = orders(as_(mai), site, copies=400)

    address = read_from_the_back(printed)
    assert address == f"{site}/handbooks/check/WORKERS-VI-1/"
    worker = phone(address)
    expect(worker.get_by_role("heading", level=1)).to_have_text(
        "Cuốn của bạn là bản mới nhất"
    )

    desk = as_(hoa)
    writes(desk, site, "Đếm số cửa, rồi đi thử một lần.")
    saves_and_prepares(desk, site)
    publishes(as_(lan))

    worker = phone(address)
    expect(worker.get_by_role("heading", level=1)).to_have_text("Đã có ấn bản mới hơn")
    changed = worker.get_by_role("link", name="Lối thoát khi cháy")
    looked_at(worker, "check-outdated", PHONE)
    changed.click()
    expect(worker.get_by_text("Đếm số cửa, rồi đi thử một lần.")).to_be_visible()
    sees_that_a_reprint_is_needed(as_(mai), site)
    assert volume.editions.count() == 2


def writes(page, site, words):
    """And sees it beside her text, as on the web."""
    page.goto(f"{site}{BOOK}sections/muc-1/")
    page.get_by_label("Bài", exact=True).fill(f"::: advice\n{words}\n:::\n")
    expect(page.locator("[data-web] .advice")).to_contain_text(words)


def previews_on_paper(page):
    page.get_by_label("Trên giấy").check()
    sheet = page.locator("[data-sheet]")
    # The first one brings the printing program with it.
    expect(sheet).to_have_attribute("src", re.compile("^blob:"), timeout=30_000)


def saves_and_prepares(page, site):
    page.get_by_label("Đã sửa gì, vì sao?").fill("Thêm lời khuyên")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu.", exact=False)).to_be_visible()
    page.goto(f"{site}{BOOK}editions/")
    page.get_by_role("button", name="Chuẩn bị lần xuất bản").click()
    expect(page.get_by_text("Cần một đồng nghiệp đọc và xuất bản.")).to_be_visible()


def publishes(page):
    page.reload()
    page.get_by_role("button", name="Tôi đã đọc: xuất bản").click()
    expect(page.get_by_text("Để in")).to_be_visible()


def orders(page, site, *, copies):
    """Returns what goes to the printer."""
    page.goto(f"{site}/office/print-runs/")
    page.get_by_role("link", name="Đặt in").first.click()
    page.get_by_label("In gì").select_option(
        label="Nhà trọ thử (Tiếng Việt), ấn bản 1: sách A5"
    )
    page.get_by_label("Số bản").fill(str(copies))
    page.get_by_role("button", name="Đặt in").click()
    expect(page.get_by_text("Đã đặt in.", exact=False)).to_be_visible()
    jobs.run_waiting()
    page.reload()
    looked_at(page, "print-run", OFFICE)
    file = page.get_by_role("link", name="Tệp để in (PDF)").get_attribute("href")
    content = page.request.get(site + file).body()
    number = PrintRun.objects.get().shown_number
    document = pypdfium2.PdfDocument(content)
    assert number in document[1].get_textpage().get_text_bounded()
    document.close()
    return content


def read_from_the_back(content):
    document = pypdfium2.PdfDocument(content)
    picture = document[len(document) - 1].render(scale=3).to_pil()
    document.close()
    [square] = zxingcpp.read_barcodes(picture)
    return square.text


def sees_that_a_reprint_is_needed(page, site):
    page.goto(f"{site}/office/print-runs/")
    expect(page.get_by_text("Cần in lại")).to_be_visible()
    expect(page.get_by_text("Ấn bản 2", exact=False)).to_be_visible()
