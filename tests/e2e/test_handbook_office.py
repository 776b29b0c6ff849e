"""From a typed sentence to a published one, by two people, with the pages in a browser."""

import re

import pytest
from playwright.sync_api import expect

from handbooks.models import Draft, EditionFile, Section
from tests.e2e.desk import looked_at, sign_in
from tests.e2e.screens import OFFICE, TABLET
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    editor,
    publish,
    volume_with,
)

pytestmark = pytest.mark.django_db(transaction=True)

EDIT = "/office/handbooks/workers/vi/sections/muc-1/"


@pytest.fixture
def volume():
    volume = volume_with("Lối thoát khi cháy", "Khoá và chìa")
    publish(volume)
    return volume


def written(page, words):
    page.get_by_label("Bài", exact=True).fill(words)


def test_one_writes_and_another_publishes(page, live_server, client, volume):
    sign_in(page, live_server, client, editor())
    page.goto(live_server.url + EDIT)

    written(page, "Đi thử hai lối ra.\n\n::: advice\nĐếm số cửa.\n")
    problem = page.get_by_role("button", name="Dòng 3", exact=False)
    expect(problem).to_be_visible()
    expect(page.locator("[data-gutter] .wrong")).to_have_text("3")
    looked_at(page, "handbook-problem", OFFICE)
    problem.click()
    assert page.evaluate("getSelection().toString()") == "::: advice"

    written(page, "Đi thử hai lối ra.\n\n::: advice\nĐếm số cửa.\n:::\n")
    expect(problem).to_have_count(0)
    expect(page.locator("[data-web] .advice")).to_contain_text("Đếm số cửa.")
    expect(page.locator("[data-kept]")).to_contain_text("Đã giữ bản nháp")
    assert "Đếm số cửa." in Draft.objects.get().body
    page.get_by_label("Trên giấy").check()
    sheet = page.locator("[data-sheet]")
    # The first one brings the printing program with it.
    expect(sheet).to_have_attribute("src", re.compile("^blob:"), timeout=30_000)
    sheet.evaluate("image => image.decode()")
    looked_at(page, "handbook-paper", TABLET)

    page.get_by_label("Đã sửa gì, vì sao?").fill("Thêm lời khuyên")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu.", exact=False)).to_be_visible()
    expect(page.locator("[data-here]")).to_be_hidden()

    page.goto(f"{live_server.url}/office/handbooks/workers/vi/editions/")
    looked_at(page, "handbook-editions", OFFICE)
    page.get_by_role("button", name="Chuẩn bị lần xuất bản").click()
    expect(page.get_by_text("Cần một đồng nghiệp đọc và xuất bản.")).to_be_visible()

    sign_in(page, live_server, client, editor())
    page.reload()
    looked_at(page, "handbook-edition", TABLET)
    page.get_by_role("button", name="Tôi đã đọc: xuất bản").click()
    expect(page.get_by_text("Để in")).to_be_visible()
    files = EditionFile.objects.filter(format="a5")
    files.update(state="being_made", progress=41, pages=31)
    # The page asks again by itself.
    expect(page.get_by_text("đang làm, trang 31")).to_be_visible()
    looked_at(page, "handbook-printing", OFFICE)

    page.goto(f"{live_server.url}/handbooks/workers/muc-1/")
    expect(page.get_by_text("Đếm số cửa.")).to_be_visible()


def test_translation_begins_with_the_original(page, live_server, client, volume):
    EnglishVolumeFactory(handbook=volume.handbook)
    sign_in(page, live_server, client, editor())
    page.goto(live_server.url + EDIT.replace("/vi/", "/en/"))

    page.get_by_role("button", name="Chép vào ô bài để dịch tại chỗ").click()
    page.get_by_label("Tên", exact=True).fill("The way out")

    expect(page.get_by_label("Bài", exact=True)).to_have_value(
        Section.objects.get(slug="muc-1").text_in("vi").body
    )
    expect(page.locator("[data-shows=title]")).to_have_text("The way out")
    expect(page.locator("[data-kept]")).to_contain_text("Đã giữ bản nháp")


def test_text_outlives_a_session_that_ended(page, live_server, client, volume):
    person = editor()
    sign_in(page, live_server, client, person)
    page.goto(live_server.url + EDIT)
    page.context.clear_cookies()
    written(page, "Viết trong lúc đã bị đăng xuất.")
    expect(page.locator("[data-kept]")).to_have_class(re.compile("kept-signedOut"))

    # The window is closed; days later she signs in on the same device.
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, client, person)
    page.goto(live_server.url + EDIT)
    page.get_by_role("button", name="Lấy lại").click()

    expect(page.get_by_label("Bài", exact=True)).to_have_value(
        "Viết trong lúc đã bị đăng xuất."
    )
    expect(page.locator("[data-kept]")).to_contain_text("Đã giữ bản nháp")
    assert Draft.objects.get().body == "Viết trong lúc đã bị đăng xuất."


def test_two_windows_are_compared(page, live_server, client, volume):
    sign_in(page, live_server, client, editor())
    other = page.context.new_page()
    page.goto(live_server.url + EDIT)
    other.goto(live_server.url + EDIT)
    written(page, "Ở cửa sổ một.")
    expect(page.locator("[data-kept]")).to_contain_text("Đã giữ bản nháp")

    written(other, "Ở cửa sổ hai.")
    expect(other.locator("[data-kept]")).to_have_class(re.compile("kept-stopped"))
    other.get_by_role("button", name="Lưu", exact=True).click()

    expect(other.get_by_role("heading", name="Ở cửa sổ kia")).to_be_visible()
    looked_at(other, "handbook-two-texts", OFFICE)
    written(other, "Ở cửa sổ một và hai.")
    other.get_by_role("button", name="Lưu bài này").click()
    expect(other.get_by_text("Đã lưu.", exact=False)).to_be_visible()
    section = Section.objects.get(slug="muc-1")
    assert section.text_in("vi").body == "Ở cửa sổ một và hai.\n"
