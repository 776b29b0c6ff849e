"""The office looks at what landlords have repaired."""

import pytest
from django.urls import reverse

from accounts.models import Role
from inspections.models import Finding, Verification
from tests.accounts.factories import MembershipFactory, UserFactory, staff
from tests.inspections.factories import (
    CriticalFindingFactory,
    EvidenceFactory,
    FindingFactory,
    RepairFactory,
    ShownRepairFactory,
)
from tests.registry.factories import LandlordFactory, OtherCommuneFactory

pytestmark = pytest.mark.django_db
LIST = reverse("inspections:repairs")


def address(repair):
    return reverse("inspections:repair", args=[repair.pk])


@pytest.fixture
def reviewer(client):
    user = staff(Role.REVIEWER)
    client.force_login(user)
    return user


def test_repairs_lists_what_waits_the_oldest_first(client, reviewer):
    first, second = RepairFactory(), RepairFactory()
    answered = RepairFactory()
    Verification.objects.create(
        finding=answered.finding,
        repair=answered,
        result="not_fixed",
        note="Còn hở",
        by=reviewer,
    )

    rows = client.get(LIST).context["rows"]

    assert [repair for repair, _finding, _words in rows] == [first, second]


def test_repairs_nothing_waits(client, reviewer):
    assert "Không có việc sửa nào đang chờ" in client.get(LIST).content.decode()


def test_repairs_are_those_of_the_commune(client):
    here = RepairFactory()
    RepairFactory(
        finding=FindingFactory(submission__visit__house__commune=OtherCommuneFactory())
    )
    client.force_login(staff(Role.REVIEWER, here.finding.house.commune))

    rows = client.get(LIST).context["rows"]

    assert [repair for repair, _finding, _words in rows] == [here]


def test_repairs_are_read_page_by_page(client, reviewer):
    made = RepairFactory.create_batch(26)

    first = client.get(LIST)
    second = client.get(LIST + first.context["next_url"])

    seen = [row[0] for page in (first, second) for row in page.context["rows"]]
    assert seen == made
    assert second.context["next_url"] == ""


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "²"])
def test_repairs_forgives_a_page_that_is_none(client, reviewer, after):
    assert client.get(LIST, {"after": after}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_repairs_query_count(client, reviewer, count, django_assert_num_queries):
    RepairFactory.create_batch(count)

    # session, user, roles, their communes, repairs, visits, versions
    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(response.context["rows"]) == count


def test_repair_shows_before_and_after(client, reviewer):
    repair = ShownRepairFactory()
    photo = EvidenceFactory(submission=repair.finding.submission)

    response = client.get(address(repair))

    assert response.context["before"] == [f"/evidence/{photo.pk}/large"]
    assert response.context["after"] == f"/repairs/{repair.pk}/large"
    text = response.content.decode()
    assert "Nhìn kỹ" in text
    assert repair.note in text
    assert str(repair.by) in text


@pytest.mark.parametrize("count", [1, 3])
def test_repair_query_count(client, reviewer, count, django_assert_num_queries):
    repair = RepairFactory()
    EvidenceFactory.create_batch(count, submission=repair.finding.submission)

    # session, user, repair, repairs, their people, answers, roles, communes, pictures
    with django_assert_num_queries(9):
        client.get(address(repair))


def test_repair_is_found_good(client, reviewer):
    repair = ShownRepairFactory()

    response = client.post(address(repair), {"result": "fixed"})

    assert response.url == LIST
    finding = Finding.objects.get()
    assert (finding.closed_how, finding.closed_by) == ("fixed", reviewer)
    assert client.get(address(repair)).context["form"] is None


def test_repair_is_not_yet_good(client, reviewer):
    repair = RepairFactory()

    response = client.post(address(repair), {"result": "not_fixed", "note": "Còn hở"})

    assert response.url == LIST
    assert Verification.objects.get().note == "Còn hở"
    assert Finding.objects.open().count() == 1


def test_repair_not_yet_good_asks_what_is_missing(client, reviewer):
    response = client.post(address(RepairFactory()), {"result": "not_fixed"})

    assert response.context["form"].errors["note"] == ["Hãy ghi còn thiếu gì."]
    assert Verification.objects.count() == 0


def test_grave_repair_is_not_found_good_on_a_photo(client, reviewer):
    repair = ShownRepairFactory(finding=CriticalFindingFactory())

    page = client.get(address(repair))
    response = client.post(address(repair), {"result": "fixed"})

    assert "phải đến tận nơi" in page.content.decode()
    assert 'value="fixed"' not in page.content.decode()
    assert response.status_code == 200
    assert Finding.objects.open().count() == 1


def test_repair_is_answered_once(client, reviewer):
    repair = RepairFactory()
    client.post(address(repair), {"result": "not_fixed", "note": "Còn hở"})

    response = client.post(address(repair), {"result": "fixed"})

    assert response.status_code == 200
    assert Verification.objects.count() == 1


def test_landlord_on_the_staff_does_not_judge_her_own_repair(client):
    repair = RepairFactory()
    MembershipFactory(user=repair.by, role=Role.REVIEWER)
    client.force_login(repair.by)

    assert client.get(LIST).context["rows"] == []
    assert client.get(address(repair)).status_code == 404
    assert client.post(address(repair), {"result": "fixed"}).status_code == 404


def test_administrator_reads_and_does_not_answer(client):
    repair = RepairFactory()
    client.force_login(staff(Role.ADMINISTRATOR))

    assert client.get(address(repair)).context["form"] is None
    assert client.post(address(repair), {"result": "fixed"}).status_code == 403


def test_repair_of_another_commune_is_not_there(client):
    repair = RepairFactory()
    client.force_login(staff(Role.REVIEWER, OtherCommuneFactory()))

    assert client.get(address(repair)).status_code == 404
    assert client.post(address(repair), {"result": "fixed"}).status_code == 404


@pytest.mark.parametrize(
    "who",
    [
        UserFactory,
        lambda: LandlordFactory().user,
        lambda: staff(Role.INSPECTOR),
        lambda: staff(Role.EDITOR),
        lambda: staff(Role.CASE_WORKER),
    ],
)
def test_repairs_are_closed_to_others(client, who):
    repair = RepairFactory()
    client.force_login(who())

    for page in (LIST, address(repair)):
        assert client.get(page).status_code == 403
        assert client.post(page).status_code == 403


def test_repairs_ask_to_sign_in(client):
    for page in (LIST, address(RepairFactory())):
        assert client.get(page).url.startswith("/account/login/")
