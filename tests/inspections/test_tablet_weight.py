"""The whole app with its checklist, in one language: what a tablet is sent, and kept."""

import gzip
import json

import pytest
from django.core.management import call_command
from django.test import Client

from inspections.models import ChecklistVersion

pytestmark = pytest.mark.django_db

MOST = 66_000  # bytes, gzip; the aim is 60 000: docs/adr/0013


def sent(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.getvalue()


def parts(client: Client, prefix: str, language: str) -> dict[str, bytes]:
    """Each thing by its address: page, worker, what that keeps, icons, checklist."""
    page = f"{prefix}tablet/"
    worker = sent(client, f"{page}sw.js")
    told = json.loads(worker.decode().split(";\n")[0].removeprefix("self.shell="))
    icons = json.loads(sent(client, f"{page}app.webmanifest"))["icons"]
    version = ChecklistVersion.objects.get(state="published")
    document = f"/api/v1/checklists/{version.checklist}/{version.number}/document/"
    kept = {address for address, _ in told["files"]} | {icon["src"] for icon in icons}
    checklist = sent(client, f"{document}?language={language}")
    return {f"{page}sw.js": worker, document: checklist} | {
        address: sent(client, address) for address in kept
    }


@pytest.mark.parametrize(("prefix", "language"), [("/", "vi"), ("/en/", "en")])
def test_whole_app_with_its_checklist_is_light(client, prefix, language):
    call_command("load_reference", verbosity=0)
    call_command("load_checklist", verbosity=0)

    weights = {
        address: len(gzip.compress(body, 9))
        for address, body in parts(client, prefix, language).items()
    }

    said = "\n".join(f"{weights[each]:6} {each}" for each in sorted(weights))
    assert sum(weights.values()) <= MOST, f"{sum(weights.values())} bytes:\n{said}"
