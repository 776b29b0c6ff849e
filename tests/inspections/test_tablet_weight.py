"""The whole app with its checklist, in one language: what a tablet is sent, and kept.

The bytes of the answers' bodies, as they leave for a browser that takes gzip.
"""

import gzip
import json

import pytest
from django.core.management import call_command
from django.test import Client

from inspections.models import ChecklistVersion

pytestmark = pytest.mark.django_db

MOST = 60_000  # bytes: docs/adr/0013


def sent(client: Client, address: str) -> bytes:
    answer = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert answer.status_code == 200, address
    body = answer.getvalue()
    assert ("Content-Encoding" in answer.headers) == body.startswith(b"\x1f\x8b")
    return body


def read(client: Client, address: str) -> bytes:
    return gzip.decompress(sent(client, address))


def parts(client: Client, prefix: str, language: str) -> dict[str, bytes]:
    """Each thing by its address: page, worker, what that keeps, icons, checklist."""
    page = f"{prefix}tablet/"
    worker = read(client, f"{page}sw.js").decode()
    told = json.loads(worker.split(";\n")[0].removeprefix("self.shell="))
    icons = json.loads(read(client, f"{page}app.webmanifest"))["icons"]
    version = ChecklistVersion.objects.get(state="published")
    document = f"/api/v1/checklists/{version.checklist}/{version.number}/document/"
    kept = {address for address, _ in told["files"]} | {icon["src"] for icon in icons}
    asked = [f"{page}sw.js", f"{document}?language={language}", *kept]
    return {address: sent(client, address) for address in asked}


@pytest.mark.parametrize(("prefix", "language"), [("/", "vi"), ("/en/", "en")])
def test_whole_app_with_its_checklist_is_light(client, prefix, language):
    call_command("load_reference", verbosity=0)
    call_command("load_checklist", verbosity=0)

    weights = {
        address: len(body) for address, body in parts(client, prefix, language).items()
    }

    said = "\n".join(f"{weights[each]:6} {each}" for each in sorted(weights))
    assert sum(weights.values()) <= MOST, f"{sum(weights.values())} bytes:\n{said}"
