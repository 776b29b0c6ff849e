"""The inspector's tablet, as several tests use it."""

import pytest

from tests.e2e.desk import sign_in
from tests.e2e.inspector import camera_picture, unlock
from tests.e2e.screens import TABLET


@pytest.fixture
def picture(tmp_path):
    """Wider than what the tablet keeps."""
    return camera_picture(tmp_path, width=2400)


@pytest.fixture
def site(live_server):
    """Where the tablet finds the registry; a file may put a line between them."""
    return live_server.url


@pytest.fixture
def tablet(live_server, site, page, client):
    """Opens the app signed in as somebody, past her PIN; she is sure of everything."""
    page.on("dialog", lambda dialog: dialog.accept())

    def open_as(user, path="/tablet/"):
        sign_in(page, live_server, client, user)
        page.set_viewport_size({"width": TABLET, "height": 1280})
        page.emulate_media(color_scheme="light")
        page.goto(site + path)
        if path.endswith("/tablet/"):
            unlock(page, user.full_name)
        return page

    return open_as
