"""What axe finds on a page, in light and in dark."""

from axe_playwright_python.sync_playwright import Axe


def barriers(page):
    """`(scheme, rule, first element)` of each violation of the page that is open."""
    found = []
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        violations = Axe().run(page).response["violations"]
        found += [(scheme, v["id"], v["nodes"][0]["html"]) for v in violations]
    return found
