"""A finding is repaired: on the landlord's phone, then at a desk in the office."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from accounts.models import Role
from core import clock
from inspections.models import Finding
from tests.accounts.factories import staff
from tests.e2e.desk import looked_at, sign_in
from tests.e2e.screens import OFFICE, PHONE
from tests.inspections.factories import (
    FIXTURE,
    EvidenceFactory,
    FindingFactory,
    PublishedVersionFactory,
)
from tests.registry.factories import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def finding():
    """The loose handrail of a house, with a photo of the visit."""
    version = PublishedVersionFactory(document=json.loads(FIXTURE.read_text()))
    found = FindingFactory(
        submission__visit__version=version,
        submission__visit__house__name="Nhà trọ Hoa Sen",
        item="STR-03",
        severity="N",
        due_at=clock.now() + dt.timedelta(days=6),
    )
    EvidenceFactory(
        submission=found.submission,
        item=found.item,
        large__data=jpeg(1600, 1200, "sienna"),
        small__data=jpeg(320, 240, "sienna"),
    )
    return found


def test_a_repair_from_the_phone_to_the_office(live_server, page, client, finding):
    sign_in(page, live_server, client, finding.house.landlord.user)
    page.goto(live_server.url + reverse("inspections:finding", args=[finding.pk]))
    looked_at(page, "landlord/finding", PHONE)

    page.set_input_files(
        "input[type=file]",
        {"name": "r.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1600, 1200)},
    )
    page.fill("textarea", "Thợ đã hàn lại tay vịn")
    page.click("form[enctype] button")
    page.wait_for_selector(".notice-success")
    looked_at(page, "landlord/finding-reported", PHONE)

    sign_in(page, live_server, client, staff(Role.REVIEWER))
    page.goto(live_server.url + reverse("inspections:repairs"))
    looked_at(page, "office/repairs", OFFICE)
    page.click("tbody a")
    looked_at(page, "office/repair", OFFICE)
    page.check("input[value=fixed]")
    page.click("aside form button")
    page.wait_for_selector(".notice-success")
    looked_at(page, "office/repairs-none", OFFICE)

    assert Finding.objects.get().closed_how == "fixed"
