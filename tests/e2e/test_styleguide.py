"""The styleguide in the browser: photographed, accessible, within the strict policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings

PAGES = {
    "index": "/styleguide/",
    "office": "/styleguide/office/",
    "public": "/styleguide/public/",
    "check": "/styleguide/check/",
}
WIDTHS = [360, 800, 1280]
SCREENSHOTS = django_settings.VAR_DIR / "screenshots" / "styleguide"


@pytest.fixture
def styleguide(settings, live_server, page):
    settings.STYLEGUIDE = True

    def visit(name, *, width=360, scheme="light", media="screen"):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, media=media)
        page.goto(live_server.url + PAGES[name])
        return page

    return visit


def photograph(page, name):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    # Photos further down are loaded only when they come into view.
    page.evaluate("""Promise.all([...document.images].map(image => {
        image.loading = "eager";
        return image.decode();
    }))""")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db
def test_styleguide_has_no_barrier(styleguide, name, scheme):
    page = styleguide(name, scheme=scheme)

    violations = Axe().run(page).response["violations"]

    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db
def test_styleguide_fits_its_width(styleguide, name, width):
    page = styleguide(name, width=width)

    photograph(page, f"{name}-{width}-light")
    page.emulate_media(color_scheme="dark")
    photograph(page, f"{name}-{width}-dark")

    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db
def test_styleguide_prints_dark_on_white(styleguide, name):
    page = styleguide(name, width=800, scheme="dark", media="print")

    photograph(page, f"{name}-print")

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 37, 38)"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db
def test_styleguide_keeps_the_strict_policy(styleguide, name, page):
    said = []
    page.on("console", lambda message: said.append(message.text))

    styleguide(name)

    assert said == []
    assert (
        page.evaluate("getComputedStyle(document.body).backgroundColor")
        == "rgb(251, 248, 242)"
    )


@pytest.mark.django_db
def test_public_page_is_one_request_and_pictures(styleguide, page):
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))

    styleguide("public")

    assert set(asked) == {"document", "image"}


@pytest.mark.django_db
def test_skip_link_is_first_and_leads_to_the_content(styleguide):
    page = styleguide("index")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
