"""What axe finds on a page, in light and in dark."""

from functools import cache
from importlib.resources import files

# In dark only colours are others: the rules about them are asked again, not the rest.
ASKED = {"light": {}, "dark": {"runOnly": {"type": "tag", "values": ["cat.color"]}}}
RUN = (
    "asked => axe.run({resultTypes: ['violations'], ...asked}).then(r => r.violations)"
)


def barriers(page):
    """`(scheme, rule, first element)` of each violation of the page that is open."""
    page.wait_for_load_state()  # a link that was pressed may have only begun its page
    page.evaluate(_axe())
    found = []
    for scheme, asked in ASKED.items():
        page.emulate_media(color_scheme=scheme)
        violations = page.evaluate(RUN, asked)
        found += [(scheme, v["id"], v["nodes"][0]["html"]) for v in violations]
    return found


@cache
def _axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text()
