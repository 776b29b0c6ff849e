"""The shipped handbooks, held against each other and against what they speak of."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "handbooks/text"
ORIGINALS = sorted(TEXT.glob("*/[0-9]*.vi.md"))
# Each was read in an official or a dated source; no other number is printed.
VERIFIED = {"111", "112", "113", "114", "115", "1900 0368", "1900 969 680"}


def name(path):
    return f"{path.parent.name}/{path.name.split('.')[0]}"


def in_language(path, language):
    return path.with_name(path.name.replace(".vi.", f".{language}."))


def shape(path):
    """What has to be alike in every language."""
    head, body = path.read_text().split("\n---\n", 1)
    kept = ("pictogram:", "items:")
    return {
        "head": [line for line in head.splitlines() if line.startswith(kept)],
        "blocks": re.findall(r"^::: ?(.*)$", body, re.MULTILINE),
        "headings": re.findall(r"^(#+) ", body, re.MULTILINE),
        "entries": len(re.findall(r"^ *(?:-|\d+\.) ", body, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", body, re.MULTILINE)),
        "links": sorted(re.findall(r"\]\(([^)]+)\)", body)),
    }


def on_screen(language):
    """What the tablet shows, and what a question of the checklist may be answered."""
    path = ROOT / "inspections/locale/vi/LC_MESSAGES/djangojs.po"
    with path.open("rb") as file:
        for message in read_po(file):
            said = message.id if language == "en" else message.string
            yield from [said] if isinstance(said, str) else said
    checklist = json.loads((ROOT / "fixtures/checklist_v1.json").read_text())
    for item in checklist["items"]:
        yield from (option["label"][language] for option in item.get("options", ()))


@pytest.mark.parametrize("original", ORIGINALS, ids=name)
def test_a_section_has_the_same_blocks_in_both_languages(original):
    assert shape(in_language(original, "en")) == shape(original)


@pytest.mark.parametrize("original", ORIGINALS, ids=name)
def test_a_section_has_no_telephone_number_that_nobody_verified(original):
    for path in (original, in_language(original, "en")):
        text = path.read_text()

        listed = re.findall(r"^- ([\d .]+?) *\|", text, re.MULTILINE)
        linked = re.findall(r"\(tel:([^)]*)\)", text)

        assert {*listed} <= VERIFIED
        assert {*linked} <= {number.replace(" ", "") for number in VERIFIED}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_inspectors_are_told_to_touch_stands_on_the_tablet(language):
    shown = tuple(on_screen(language))
    italic = r"(?<!\*)\*([^*\n]+)\*(?!\*)"

    unknown = [
        (path.name, words)
        for path in sorted((TEXT / "inspectors").glob(f"[0-9]*.{language}.md"))
        for words in re.findall(italic, path.read_text())
        if not any(said.startswith(words) for said in shown)
    ]

    assert unknown == []
