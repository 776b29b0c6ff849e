"""How heavy the tablet's app is; how quick it is, `dev.py bench tablet` says."""

import gzip

import pytest
from django.core.management import call_command

from accounts.models import Role
from inspections.models import ChecklistVersion
from tests.accounts.factories import staff
from tests.inspections.factories import VisitFactory

pytestmark = pytest.mark.django_db(transaction=True)

WEIGHT = 60_000  # gzip, with the checklist
LATER = 24_000  # gzip: the screens that come after the first, the worker


@pytest.fixture
def planned():
    call_command("load_reference", verbosity=0)
    call_command("load_checklist", verbosity=0)
    checklist = ChecklistVersion.objects.get(state="published")
    return VisitFactory(inspector=staff(Role.INSPECTOR), version=checklist)


def weight(body):
    return len(gzip.compress(body, 6))


def test_app_with_its_checklist_is_light(page, tablet, planned):
    """What the first screen and the answers need; the screens that come later apart."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    tablet(planned.inspector).locator("article.visit").wait_for()

    parts = [a for a in answers if "/tablet/day/" not in a.url and a.status == 200]
    weights = {a.url: weight(a.body()) for a in parts}
    later = {url: weights.pop(url) for url in list(weights) if "/later." in url}
    worker = page.request.get(page.url.split("#")[0] + "sw.js")
    assert any("/document/" in address for address in weights)
    assert len(later) == 1
    assert sum(weights.values()) <= WEIGHT
    assert sum(later.values()) + weight(worker.body()) <= LATER
