"""The inspector's tablet, as several tests use it."""

import io

import pytest
from PIL import Image

from tests.e2e.desk import sign_in
from tests.e2e.inspector import unlock
from tests.e2e.screens import TABLET


@pytest.fixture
def picture(tmp_path):
    """A photo as the tablet's camera makes it."""
    file = io.BytesIO()
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(file, "JPEG", quality=80)
    path = tmp_path / "photo.jpg"
    path.write_bytes(file.getvalue())
    return path


@pytest.fixture
def tablet(live_server, page, client):
    """Opens the app signed in as somebody, past her PIN; she is sure of everything."""
    page.on("dialog", lambda dialog: dialog.accept())

    def open_as(user, path="/tablet/"):
        sign_in(page, live_server, client, user)
        page.set_viewport_size({"width": TABLET, "height": 1280})
        page.emulate_media(color_scheme="light")
        page.goto(live_server.url + path)
        if path.endswith("/tablet/"):
            unlock(page, user.full_name)
        return page

    return open_as
