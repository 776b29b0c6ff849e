"""Pages at the widths of a phone, a tablet and an office screen.

`SCREENSHOTS=1 python3 dev.py test tests/e2e` keeps pictures of them in var/screenshots; else
nobody would look at them, and they cost a tenth of the suite.
"""

import os

from django.conf import settings

PHONE, TABLET, OFFICE = 360, 800, 1280


def photograph(page, name, widths=(PHONE, TABLET, OFFICE)):
    """Pictures of the page as it is now, if asked for; how wide it wants to be at each."""
    page.wait_for_load_state()  # a link that was pressed may have only begun its page
    folder = settings.VAR_DIR / "screenshots"
    needed = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("scrollTo(0, 0)")  # or a bar that stays on top lies in the middle
        if "SCREENSHOTS" in os.environ:
            path = folder / f"{name}-{width}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path, full_page=True)
        needed.append(page.evaluate("document.documentElement.scrollWidth"))
    return needed
