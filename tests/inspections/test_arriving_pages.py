"""What is on its way, as the office sees it."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from accounts.models import Role
from core import clock
from inspections.arrivals import arrivals_of
from inspections.models import Upload
from tests.accounts.factories import staff
from tests.inspections.factories import (
    SubmissionFactory,
    UploadFactory,
    VisitFactory,
    document,
)
from tests.inspections.test_api_pack import photo, with_photos
from tests.inspections.test_api_uploads import Sending
from tests.registry.factories import CommuneFactory, HouseFactory, OtherCommuneFactory

pytestmark = pytest.mark.django_db
LIST = "/en/office/uploads/"


@pytest.fixture
def coordinator(client):
    user = staff(Role.COORDINATOR, CommuneFactory())
    client.force_login(user)
    return user


def test_progress_is_told_in_words(client, coordinator):
    visit = VisitFactory()
    body = with_photos(document(visit), *(photo(content=noise(n)) for n in range(4)))
    sending = Sending(client, visit, body)
    half = len(sending.sealed) * 3 // 5
    sending.patch(0, half)
    Upload.objects.update(begun_at=clock.now() - dt.timedelta(minutes=3))

    (arriving,) = arrivals_of(list(Upload.objects.incomplete()))
    html = client.get(LIST).content.decode()

    since = f"{timezone.localtime(arriving.upload.begun_at):%H:%M}"
    words = f"2 of 4 photos, {arriving.upload.percent} %, since {since}, last part"
    assert 58 <= arriving.upload.percent <= 60
    assert words in html
    assert "last part just now" in html
    assert f"/en/office/visits/{visit.pk}/" in html


def noise(seed):
    """60 kB that no compression makes smaller, after a JPEG's first bytes."""
    return b"\xff\xd8\xff" + random.Random(seed).randbytes(60_000)


def test_visit_page_shows_what_has_come_in(client, coordinator):
    visit = VisitFactory()
    UploadFactory(visit=visit.pk, author=visit.inspector, received=610)

    html = client.get(f"/en/office/visits/{visit.pk}/").content.decode()

    assert "This visit is on its way" in html
    assert "61 %, since" in html


def test_reason_of_a_refusal_is_told(client, coordinator):
    UploadFactory(visit=VisitFactory().pk, refused="tied")

    assert "a colleague has to go" in client.get(LIST).content.decode()


def test_what_is_received_is_no_longer_listed(client, coordinator):
    submission = SubmissionFactory()
    UploadFactory(visit=submission.visit_id, submission=submission)

    assert "Nothing is on its way" in client.get(LIST).content.decode()


@pytest.mark.parametrize("known", ["document", "plan", "author"])
@pytest.mark.parametrize("near", [True, False])
def test_uploads_are_shown_by_commune(client, coordinator, known, near):
    house = HouseFactory() if near else HouseFactory(commune=OtherCommuneFactory())
    inspector = staff(Role.INSPECTOR, house.commune)
    if known == "document":
        UploadFactory(house=house, bounds=[100])
    elif known == "plan":
        UploadFactory(visit=VisitFactory(house=house).pk)
    else:
        UploadFactory(author=inspector)

    html = client.get(LIST).content.decode()

    assert html.count('class="upload"') == near


def test_whoever_inspects_everywhere_is_seen_everywhere(client, coordinator):
    UploadFactory()

    assert client.get(LIST).content.decode().count('class="upload"') == 1


@pytest.mark.parametrize("role", list(Role))
def test_list_is_for_those_who_read(client, role):
    client.force_login(staff(role))

    allowed = role in (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)

    assert client.get(LIST).status_code == (200 if allowed else 403)


def test_list_is_not_the_landlords(client):
    client.force_login(HouseFactory().landlord.user)

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, coordinator, count, django_assert_num_queries):
    for _ in range(count):
        UploadFactory(visit=VisitFactory().pk, received=10)

    with django_assert_num_queries(7):
        html = client.get(LIST).content.decode()

    assert html.count('class="upload"') == count
