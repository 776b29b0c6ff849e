"""A full disk under the log stops nothing: what cannot be written is lost, not the request."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from devtools import serve

FULL = Path("/dev/full")  # takes nothing, as a full disk
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


@pytest.fixture
def server():
    """The real server, with a log that is full and a database that is away, so that each
    request has something to complain about.
    """
    port = serve.free_port()
    away = "postgresql://nobody@127.0.0.1:1/none"
    command = f"-m gunicorn config.wsgi --bind 127.0.0.1:{port} --no-control-socket"
    with FULL.open("w") as full:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *command.split()],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": away, "LOG_LEVEL": "DEBUG"},
            stdout=full,
            stderr=full,
        )
    yield process, f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(30)


def status_of(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def wait_for(process, address):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return status_of(address)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"no answer; exit code {process.poll()}")


def test_process_stays_up_with_a_full_log(server):
    process, site = server
    wait_for(process, f"{site}/healthz")

    answers = {
        status_of(f"{site}{path}")
        for path in ("/healthz", "/api/v1/communes/", "/rooms/")
        for _ in range(5)
    }

    assert answers == {503}
    assert process.poll() is None
