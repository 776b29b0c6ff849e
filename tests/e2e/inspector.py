"""What an inspector does with her hands: a whole visit in the app, everything in order."""

import hashlib
import io
import json
from pathlib import Path

from PIL import Image

from tests.barriers import barriers
from tests.e2e.screens import TABLET, photograph

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKLIST = json.loads((ROOT / "fixtures" / "checklist_v1.json").read_text())
ITEMS = {item["code"]: item for item in CHECKLIST["items"]}
FACTS = {
    "floors": 1,
    "rooms": 2,
    "sleepers": 2,
    "women": 2,
    "men": 0,
    "children": 0,
}


PIN = "246810"


def unlock(page, name=None):
    """Past the gate: whoever is there touches her PIN; somebody new chooses one."""
    gate = page.locator("body[data-gate]")
    gate.or_(page.locator("body[data-shown]")).wait_for()
    while (at := gate.get_attribute("data-gate") if gate.count() else None) is not None:
        if at == "join":
            return
        if at == "asking":
            page.locator("body:not([data-gate=asking])").wait_for()
            continue
        if at == "choose":
            page.keyboard.type(PIN)
            page.locator("body[data-gate=repeat]").wait_for()
        elif at == "pin" and name not in (None, page.locator("h1").inner_text()):
            page.get_by_role("button", name="Người khác").click()
            page.locator("body[data-gate=people]").wait_for()
            continue
        elif at == "people":
            known = page.locator("button.step", has_text=name)
            other = page.get_by_role("button", name="Người khác: đăng nhập")
            (known if known.count() else other).click()
            page.locator("body:not([data-gate=people])").wait_for()
            continue
        page.keyboard.type(PIN)
        page.locator("body:not([data-gate])").wait_for()
    page.locator("body[data-shown]").wait_for()


def lock(page):
    page.get_by_role("button", name="Khoá").click()
    page.locator("body[data-gate]").wait_for()


def look(page, name):
    page.emulate_media(color_scheme="light")
    photograph(page, f"tablet/{name}", [360, TABLET])
    assert barriers(page) == []


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def camera_picture(folder, width=1600):
    """A photo as a tablet's camera makes it: its grain is no finer than that of a lens."""
    height = width * 3 // 4
    file = io.BytesIO()
    grain = Image.effect_noise((128, 96), 40).resize((width, height))
    grain.convert("RGB").save(file, "JPEG", quality=70)
    path = folder / "photo.jpg"
    path.write_bytes(file.getvalue())
    return path


def passing_number(item):
    """A number within the last band that passes."""
    lower = 0
    for band in item["bands"]:
        if band["result"] == "pass":
            upper = band.get("below", item["maximum"])
            number = lower if lower else min(upper, item["maximum"]) / 2
            break
        lower = band.get("below", lower)
    number *= FACTS[item["per"]] if item.get("per") else 1
    number = max(number, item["minimum"])
    return round(number, item["decimals"]) if item["decimals"] else int(number)


def begin(page, visit_id):
    page.locator(f"a[href='#/visit/{visit_id}']").click()
    page.locator("#consent").check()
    page.locator("p.actions button").click()
    page.locator("ul.steps").first.wait_for()


def open_visit(page, visit):
    """From the first screen, in Vietnamese, into the visit."""
    page.get_by_role("link", name=str(visit.house)).click()
    page.get_by_label("Chủ nhà đồng ý").check()
    page.get_by_role("button", name="Bắt đầu lượt thăm").click()
    page.get_by_role("link", name="Kết quả và kết thúc").wait_for()


def touch(page, code, words, room=None):
    """One answer of an item on the screen, by its words."""
    place = page.locator(f"[id='{room.code if room else 'house'}-{code}']")
    place.locator("label.answer", has_text=words).first.click()
    saved(page)
    page.locator("#saved", has_text="Đã lưu trên máy").wait_for()
    return place


def go(page, visit_id, *parts):
    """To a screen of the visit by its address."""
    home = page.url.split("#")[0]
    there = "/".join(["#", "visit", str(visit_id), *parts])
    page.goto(home + there)
    page.locator(f"body[data-shown='{there}']").wait_for()


def finish(page):
    """Signs and sends; leaves the slip with the receipt on the screen."""
    sign(page)
    page.get_by_role("button", name="Kết thúc và gửi").click()
    page.locator(".received").wait_for(timeout=30_000)


def fill_facts(page):
    """How many there are; whatever may or may not be there is not there."""
    for field in page.locator(".fact-fields input[type=number]").all():
        code = field.get_attribute("id").rsplit("-", 1)[1]
        field.fill(str(FACTS.get(code, 0)))
        field.press("Tab")
    for fieldset in page.locator(".fact-fields fieldset").all():
        last = fieldset.locator("label.answer").last
        if fieldset.locator("input:checked").count() == 0:
            last.click()
    saved(page)


def saved(page):
    """Waits until everything that was touched is on the disk."""
    page.locator("body[data-unsaved='0']").wait_for()


def answer_all(page, picture, failing=()):
    """Every item on the screen as it should be, but for the `failing`; photos where asked."""
    ids = page.locator("article.item").evaluate_all("all => all.map(item => item.id)")
    for name in ids:
        code = name.split("-", 1)[1]
        place = page.locator(f"[id='{name}']")
        answer(page, place, ITEMS[code], picture, fails=code in failing)
    saved(page)


def answer(page, place, item, picture, *, fails):
    if item["answer"] == "pass_fail":
        value = "fail" if fails else "pass"
        place.locator(f"label.answer-{value}").click()
    elif item["answer"] == "choice":
        wanted = next(
            option["value"]
            for option in item["options"]
            if (option["result"] == "fail") == fails
        )
        place.locator(f"label.answer-{wanted}").click()
    else:
        field = place.locator("input[type=number]")
        field.fill(str(passing_number(item)))
        field.press("Tab")
    if item["date"] and not fails:
        date = place.locator("input[type=date]")
        date.fill("2027-06-30" if item["date"] == "valid_until" else "2026-09-01")
        date.press("Tab")
    if item["photo"] == "always" or (fails and item["photo"] == "on_fail"):
        place.locator("input[type=file]").set_input_files(picture)
        place.locator("figure img").wait_for()


def sign(page):
    page.locator(".signature-place .signature").first.wait_for()
    for pad in page.locator(".signature-place .signature").all():
        pad.scroll_into_view_if_needed()
        place = pad.bounding_box()
        page.mouse.move(place["x"] + 40, place["y"] + 40)
        page.mouse.down()
        for step in range(8):
            page.mouse.move(
                place["x"] + 40 + step * 30, place["y"] + 40 + step % 2 * 50
            )
        page.mouse.up()


def visit_everything(page, visit_id, rooms, picture, failing=()):
    """The house section by section, then each room, up to the finishing page."""
    begin(page, visit_id)
    go(page, visit_id, "facts")
    page.locator(".fact-fields").wait_for()
    fill_facts(page)
    for section in CHECKLIST["sections"]:
        go(page, visit_id, "section", section["code"])
        page.locator("h1", has_text=section["name"]["vi"]).or_(
            page.locator("h1", has_text=section["name"]["en"])
        ).first.wait_for()
        answer_all(page, picture, failing)
    for code in rooms:
        go(page, visit_id, "room", code)
        page.locator(f"[id^='fact-{code}-']").first.wait_for()
        fill_facts(page)
        answer_all(page, picture, failing)
    go(page, visit_id, "finish")
    page.locator(".signature-place .signature").first.wait_for()
