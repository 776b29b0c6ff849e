"""The process itself, with no database behind it: it says so and lives on."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import django, json, sys
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "x" * 32
for method, path in json.loads(sys.argv[1]):
    answers = [client.generic(method, path), client.generic(method, path)]
    print(path, *[(a.status_code, a.headers.get("Retry-After")) for a in answers])
"""
VISIT = "1b6e8f0a-5b0c-4b57-9a55-0f2d7f6f8a11"
NOBODY_LISTENS = "postgresql://postgres@127.0.0.1:9/none"
ASKED = [
    ("PUT", f"/api/v1/visits/{VISIT}/pack"),
    ("PATCH", f"/api/v1/visits/{VISIT}/uploads/{'0' * 64}"),
    ("GET", "/api/v1/tablet/day/"),
    ("GET", "/api/v1/checklists/"),
    ("GET", "/office/visits/"),
]


@pytest.mark.parametrize("second_factor", ["0", "1"])
def test_no_database_is_503_and_try_again(second_factor):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK, json.dumps(ASKED)],
        env=os.environ
        | {
            "DATABASE_URL": NOBODY_LISTENS,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "STAFF_SECOND_FACTOR": second_factor,
        },
        capture_output=True,
        text=True,
        check=True,
    )

    refused = "(503, '30') (503, '30')"
    assert done.stdout.splitlines() == [f"{path} {refused}" for _, path in ASKED]
