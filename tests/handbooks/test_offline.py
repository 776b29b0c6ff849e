"""What the phone keeps for when there is no network (tests/e2e/test_handbook.py)."""

import pytest


@pytest.mark.parametrize("path", ["/handbooks/offline/", "/en/handbooks/offline/"])
def test_page_for_no_network_needs_no_database(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert len(response.content) < 40_000
