"""The colours of tokens.css, measured: AA for everything, AAA for the text one reads."""

import re

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
LIGHT, DARK, _PRINT = CSS.split("@media")
BODY_TEXT = [
    (ink, ground)
    for ink in ("ink", "ink-quiet")
    for ground in ("paper", "surface", "action-soft")
]
WORDS_OF_STATES = [
    (state, f"{state}-soft") for state in ("ok", "wait", "stop", "quiet", "women")
]
OTHER_TEXT = [
    ("action", "paper"),
    ("action", "surface"),
    ("action", "action-soft"),
    ("action-down", "action-soft"),
    ("on-action", "action"),
    ("on-action", "action-down"),
    ("on-brand", "brand"),
    ("stop", "paper"),
    ("stop", "surface"),
    ("surface", "stop"),
    ("ink", "stop-soft"),
    ("ink", "wait-soft"),
    ("ink", "ok-soft"),
]
LINES = [
    ("edge", "paper"),
    ("edge", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "action-soft"),
    ("lamp", "brand"),
]


def colours(scheme):
    found = dict(re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", LIGHT))
    if scheme == "dark":
        found |= re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", DARK)
    return found


def contrast(scheme, one, other):
    """The ratio of WCAG 2.2, 1 to 21."""
    known = colours(scheme)
    lighter, darker = sorted((_luminance(known[one]), _luminance(known[other])))[::-1]
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    if len(colour) == 3:
        colour = "".join(digit * 2 for digit in colour)
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), BODY_TEXT)
def test_body_text_has_contrast_aaa(scheme, text, ground):
    assert contrast(scheme, text, ground) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), WORDS_OF_STATES + OTHER_TEXT)
def test_other_text_has_contrast_aa(scheme, text, ground):
    assert contrast(scheme, text, ground) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_edges_and_focus_can_be_seen(scheme, line, ground):
    assert contrast(scheme, line, ground) >= 3
