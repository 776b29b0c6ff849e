import pytest


@pytest.fixture(autouse=True)
def _signing_key(settings):
    """A key of the tests alone: 32 times the letter T, in base64."""
    settings.CERTIFICATE_KEYS = "T1=VFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFQ="
