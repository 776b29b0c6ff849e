import pytest

from accounts.models import Role
from core import clock, codes
from inspections.models import ChecklistVersion
from tests.accounts.factories import UserFactory, staff
from tests.inspections.factories import (
    CriticalFindingFactory,
    DraftVersionFactory,
    FindingFactory,
    PublishedVersionFactory,
    SubmissionFactory,
    VisitFactory,
)
from tests.registry.factories import HouseFactory, OtherCommuneFactory

pytestmark = pytest.mark.django_db
READERS = [Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR]


def ids(client, path, **filters):
    return [
        row["id"] for row in client.get(f"/api/v1/{path}/", filters).json()["results"]
    ]


def test_checklists_are_read_by_everybody(client):
    version = PublishedVersionFactory()
    DraftVersionFactory()

    (shown,) = client.get("/api/v1/checklists/").json()["results"]

    assert shown == {
        "checklist": version.checklist,
        "version": version.number,
        "state": "published",
        "sha256": version.sha256,
        "published_at": shown["published_at"],
        "retired_at": None,
        "url": f"/api/v1/checklists/{version.checklist}/{version.number}/document/",
    }


def test_draft_of_a_checklist_is_not_found(client):
    draft = DraftVersionFactory()

    answer = client.get(
        f"/api/v1/checklists/{draft.checklist}/{draft.number}/document/"
    )

    assert answer.status_code == 404
    assert ChecklistVersion.objects.exists()


def test_visit_tells_where_it_stands(client):
    submission = SubmissionFactory()
    visit = submission.visit
    client.force_login(visit.inspector)

    shown = client.get(f"/api/v1/visits/{visit.pk}/").json()

    assert shown["state"] == "received"
    assert shown["house"] == visit.house.number
    assert shown["submissions"] == [
        {
            "revision": 1,
            "accepted": True,
            "sha256": submission.sha256,
            "receipt": codes.shown(submission.receipt),
            "visited_at": shown["submissions"][0]["visited_at"],
            "received_at": shown["submissions"][0]["received_at"],
            "clock_skew_ms": 0,
            "flags": [],
        }
    ]


@pytest.mark.parametrize("role", list(Role))
def test_visits_of_other_communes_are_not_found(client, role):
    visit = VisitFactory()
    client.force_login(staff(role, OtherCommuneFactory()))

    assert client.get(f"/api/v1/visits/{visit.pk}/").status_code == 404
    assert ids(client, "visits") == []


@pytest.mark.parametrize("role", list(Role))
def test_visits_are_read_by_the_office_of_the_commune(client, role):
    visit = VisitFactory()
    client.force_login(staff(role, visit.house.commune))

    seen = ids(client, "visits")

    assert seen == ([str(visit.pk)] if role in READERS else [])


def test_visits_are_not_the_landlords(client):
    visit = VisitFactory()
    client.force_login(visit.house.landlord.user)

    assert client.get(f"/api/v1/visits/{visit.pk}/").status_code == 404


def test_visits_are_filtered(client):
    visit = VisitFactory()
    VisitFactory(received_at=clock.now(), inspector=visit.inspector)
    client.force_login(visit.inspector)

    assert ids(client, "visits", state="planned") == [str(visit.pk)]
    assert ids(client, "visits", house=visit.house.number) == [str(visit.pk)]
    assert ids(client, "visits", planned_from="2999-01-01") == []


def test_findings_are_the_landlords_without_public_tasks(client):
    finding = FindingFactory()
    FindingFactory(submission=finding.submission, item="WOM-06", public_task=True)
    client.force_login(finding.house.landlord.user)

    assert ids(client, "findings") == [finding.pk]


def test_findings_are_not_another_landlords(client):
    finding = FindingFactory()
    client.force_login(HouseFactory().landlord.user)

    assert client.get(f"/api/v1/findings/{finding.pk}/").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_findings_are_read_by_the_office_of_the_commune(client, role):
    finding = FindingFactory()
    client.force_login(staff(role, finding.house.commune))

    seen = ids(client, "findings")

    assert seen == ([finding.pk] if role in READERS else [])


def test_findings_are_filtered(client):
    finding = FindingFactory()
    grave = CriticalFindingFactory(submission=finding.submission)
    client.force_login(finding.visit.inspector)

    assert ids(client, "findings", critical="true") == [grave.pk]
    assert ids(client, "findings", status="open") == [grave.pk, finding.pk]
    assert ids(client, "findings", status="fixed") == []
    assert ids(client, "findings", open="false") == []
    assert ids(client, "findings", item="FIR-08") == [finding.pk]


def test_filter_of_no_meaning_is_refused(client):
    client.force_login(UserFactory())

    answer = client.get("/api/v1/findings/", {"severity": "X"})

    assert answer.status_code == 400
    assert "severity" in answer.json()["fields"]


@pytest.mark.parametrize("count", [1, 3])
def test_visits_query_count(client, count, django_assert_num_queries):
    inspector = staff(Role.INSPECTOR)
    for _ in range(count):
        SubmissionFactory(visit__inspector=inspector)
    client.force_login(inspector)

    with django_assert_num_queries(6):
        assert len(ids(client, "visits")) == count


@pytest.mark.parametrize("count", [1, 3])
def test_findings_query_count(client, count, django_assert_num_queries):
    reviewer = staff(Role.REVIEWER)
    FindingFactory.create_batch(count)
    client.force_login(reviewer)

    with django_assert_num_queries(5):
        assert len(ids(client, "findings")) == count
