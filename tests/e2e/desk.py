"""Signing in without the form, and looking at a page of one desk."""

from tests.barriers import barriers
from tests.e2e.screens import photograph


def sign_in(page, live_server, client, user):
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": live_server.url}]
    )


def looked_at(page, name, width):
    """Photographed in daylight, then searched for barriers."""
    page.emulate_media(color_scheme="light")
    assert photograph(page, name, [width]) == [width]
    assert barriers(page) == []
