"""The landlords' handbook beside the checklist and the pages it sends landlords to."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "handbooks/text/landlords"
ITEMS = json.loads((ROOT / "fixtures/checklist_v1.json").read_text())["items"]
# How long the book gives for a severity; what has steps of its own is told apart.
TIME = {
    "vi": {"K": "24 giờ", "N": "7 ngày", "T": "30 ngày", "L": "60 ngày"},
    "en": {"K": "24 hours", "N": "7 days", "T": "30 days", "L": "60 days"},
}
CRITICAL = {"vi": "*Bắt buộc", "en": "*Critical"}
COST = {
    "vi": ("**Chi phí:**", "ước tính", "không tốn tiền"),
    "en": ("**Cost:**", "our estimate", "nothing"),
}
FOR_NOBODY = {"WOM-06", "WOM-09"}  # the commune's task; the confidential question


def text(language):
    files = sorted(BOOK.glob(f"[0-9]*.{language}.md"))
    return "\n".join(path.read_text() for path in files)


def told(language):
    """What the book says of each item, with the code, in the order of the book."""
    block = r"^::: item (\S+)\n(.*?)^:::$"
    return re.findall(block, text(language), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_item_is_explained_once(language):
    codes = [code for code, _ in told(language)]

    assert codes == [item["code"] for item in ITEMS]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_item_is_listed_by_the_section_that_explains_it(language):
    for path in BOOK.glob(f"[0-9]*.{language}.md"):
        section = path.read_text()

        listed = re.search(r"^items: (.*)$", section, re.MULTILINE)
        explained = re.findall(r"^::: item (\S+)$", section, re.MULTILINE)

        assert (listed[1].split(", ") if listed else []) == explained


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_item_names_its_time_and_whether_it_is_critical(language):
    said = dict(told(language))
    for item in ITEMS:
        if item["code"] in FOR_NOBODY:
            continue

        head = said[item["code"]].split("\n", 1)[0]

        assert TIME[language][item["severity"]] in head, item["code"]
        assert (CRITICAL[language] in head) == bool(item["critical"]), item["code"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_cost_is_marked_as_an_estimate(language):
    label, estimate, nothing = COST[language]
    for code, words in told(language):
        cost = words.split(label, 1)[1]

        assert estimate in cost or nothing in cost, code


def test_the_buttons_it_names_stand_on_the_pages():
    shown = set()
    for room in ("desks", "inspections", "registry"):
        path = ROOT / room / "locale/vi/LC_MESSAGES/django.po"
        with path.open("rb") as file:
            shown |= {message.string for message in read_po(file) if message.id}

    for words in ("Việc cần làm", "Báo đã sửa xong", "Thông tin của tôi"):
        assert f"“{words}”" in text("vi")
        assert words in shown
