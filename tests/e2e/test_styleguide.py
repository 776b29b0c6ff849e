"""The styleguide in the browser: photographed, accessible, within the strict policy."""

import os

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from tests.barriers import barriers

PAGES = {
    "index": "/styleguide/",
    "office": "/styleguide/office/",
    "public": "/styleguide/public/",
    "check": "/styleguide/check/",
}
WIDTHS = [360, 800, 1280]
SCREENSHOTS = django_settings.VAR_DIR / "screenshots" / "styleguide"


@pytest.fixture
def visit(settings, live_server, page):
    settings.STYLEGUIDE = True

    def visit(name):
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(live_server.url + PAGES[name])
        return page

    return visit


def photograph(page, name):
    """If pictures are asked for: tests/e2e/screens.py."""
    if "SCREENSHOTS" not in os.environ:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    # Photos further down are loaded only when they come into view.
    page.evaluate("""Promise.all([...document.images].map(image => {
        image.loading = "eager";
        return image.decode();
    }))""")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize("name", PAGES)
def test_styleguide_has_no_barrier(visit, name):
    page = visit(name)

    assert barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_styleguide_fits_each_screen_and_paper(visit, name):
    page = visit(name)

    needed = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        needed.append(page.evaluate("document.documentElement.scrollWidth"))
        for scheme in ["light", "dark"]:
            page.emulate_media(color_scheme=scheme)
            photograph(page, f"{name}-{width}-{scheme}")
    page.emulate_media(color_scheme="dark", media="print")
    photograph(page, f"{name}-print")

    assert needed == WIDTHS
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 37, 38)"


@pytest.mark.parametrize("name", PAGES)
def test_styleguide_keeps_the_strict_policy(visit, name, page):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.resource_type))

    visit(name)

    assert said == []
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(251, 248, 242)"
    if name in {"public", "check"}:
        assert asked.count("document") == 1
        assert set(asked) <= {"document", "image"}


@pytest.mark.parametrize("name", ["index", "public"])
def test_skip_link_is_first_and_leads_to_the_content(visit, name):
    page = visit(name)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()
