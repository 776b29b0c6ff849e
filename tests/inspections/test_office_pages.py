import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from core import clock
from inspections import beside
from inspections.actions import settle_differences
from inspections.models import ChecklistVersion, Return, Tie, Visit
from inspections.pack import MEDIA_TYPE
from tests.accounts.factories import AdministratorFactory, UserFactory, staff
from tests.inspections.factories import (
    SMALL,
    CriticalFindingFactory,
    FindingFactory,
    PublishedVersionFactory,
    SubmissionFactory,
    TieFactory,
    UploadFactory,
    VisitFactory,
    document,
    pack,
    receive,
    receive_twin,
)
from tests.registry.factories import (
    CommuneFactory,
    HouseFactory,
    OtherCommuneFactory,
    RoomFactory,
    WithdrawnHouseFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["/office/visits/", "/office/findings/"]
PLANNING = ["/office/visits/again/", "/office/visits/plan/"]


@pytest.fixture
def coordinator(client):
    """Of the commune of the factories' houses, signed in."""
    user = staff(Role.COORDINATOR, CommuneFactory())
    client.force_login(user)
    return user


def send(client, visit, sent):
    client.force_login(visit.inspector)
    answer = client.put(
        f"/api/v1/visits/{visit.pk}/pack", pack(sent), content_type=MEDIA_TYPE
    )
    assert answer.status_code in (201, 409)


# --- who may -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*LISTS, *PLANNING, "/office/ties/"])
def test_office_page_asks_to_sign_in(client, path):
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("role", list(Role))
def test_lists_are_for_those_who_read(client, path, role):
    client.force_login(staff(role))

    allowed = role in (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)

    assert client.get(path).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("path", PLANNING)
@pytest.mark.parametrize("role", list(Role))
def test_planning_is_for_coordinators(client, path, role):
    client.force_login(staff(role))

    assert client.get(path).status_code == (200 if role == Role.COORDINATOR else 403)


@pytest.mark.parametrize("path", [*LISTS, *PLANNING, "/office/ties/"])
def test_office_page_is_not_the_landlords(client, path):
    client.force_login(HouseFactory().landlord.user)

    assert client.get(path).status_code == 403


@pytest.mark.parametrize("page", ["", "withdrawal/"])
def test_visit_of_another_commune_is_not_found(client, page):
    visit = VisitFactory()
    client.force_login(staff(Role.COORDINATOR, OtherCommuneFactory()))

    assert client.get(f"/office/visits/{visit.pk}/{page}").status_code == 404


def test_house_of_another_commune_cannot_be_planned(client):
    house = HouseFactory()
    client.force_login(staff(Role.COORDINATOR, OtherCommuneFactory()))

    assert client.get(f"/office/visits/plan/{house.number}/").status_code == 404


def test_lists_leave_other_communes_out(client):
    finding = FindingFactory()
    client.force_login(staff(Role.COORDINATOR, OtherCommuneFactory()))

    for path in LISTS:
        assert finding.house.number not in client.get(path).content.decode()


# --- the list of visits ------------------------------------------------------------------


def shown(client, path, **query):
    return client.get(path, query).content.decode()


def test_visits_are_listed_with_their_state(client, coordinator):
    visit = VisitFactory()

    page = shown(client, "/office/visits/")

    assert page.count('class="visit"') == 1
    assert visit.house.number in page
    assert visit.inspector.full_name in page
    assert "Đã lên lịch" in page


def test_visits_are_filtered(client, coordinator):
    visit = VisitFactory()
    VisitFactory(received_at=clock.now())

    def count(**query):
        return shown(client, "/office/visits/", **query).count('class="visit"')

    assert count() == 2
    assert count(state="planned") == 1
    assert count(q=visit.house.number) == 1
    assert count(q="không có") == 0
    assert count(inspector=visit.inspector.pk) == 1
    assert count(planned_from=clock.today().isoformat()) == 2
    assert count(planned_to="2020-01-01") == 0
    assert count(state="nonsense") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_visits_query_count(client, count, coordinator, django_assert_num_queries):
    VisitFactory.create_batch(count)

    with django_assert_num_queries(9):
        assert shown(client, "/office/visits/").count('class="visit"') == count


# --- planning ----------------------------------------------------------------------------


def test_house_is_found_by_number_name_and_landlord(client, coordinator):
    house = HouseFactory(name="Nhà bà Tư")
    WithdrawnHouseFactory(name="Nhà bà Tư cũ")
    HouseFactory(commune=OtherCommuneFactory(), name="Nhà bà Tư xa")

    for words in [house.number.lower(), "bà Tư", house.landlord.full_name]:
        page = shown(client, "/office/visits/plan/", q=words)
        assert page.count('class="house"') == 1
        assert f"/office/visits/plan/{house.number}/" in page


@pytest.mark.parametrize("count", [1, 3])
def test_house_search_query_count(
    client, count, coordinator, django_assert_num_queries
):
    HouseFactory.create_batch(count, name="Nhà bà Tư")

    with django_assert_num_queries(7):
        page = shown(client, "/office/visits/plan/", q="bà Tư")

    assert page.count('class="house"') == count


def test_visit_is_planned(client, coordinator):
    PublishedVersionFactory(checklist="safe-room")
    house = HouseFactory()
    inspector = staff(Role.INSPECTOR, house.commune)
    tied = staff(Role.INSPECTOR, house.commune)
    TieFactory(house=house, inspector=tied)
    path = f"/office/visits/plan/{house.number}/"

    page = shown(client, path)
    answer = client.post(
        path,
        {"inspector": inspector.pk, "planned_for": clock.today().isoformat()},
    )

    visit = Visit.objects.get()
    assert tied.full_name not in page
    assert answer["Location"] == f"/office/visits/{visit.pk}/"
    assert (visit.inspector, visit.planned_by) == (inspector, coordinator)
    assert visit.follow_up_of is None


def test_planning_says_why_not(client, coordinator):
    PublishedVersionFactory(checklist="safe-room")
    visit = VisitFactory()

    answer = client.post(
        f"/office/visits/plan/{visit.house.number}/",
        {"inspector": visit.inspector.pk, "planned_for": "2020-01-01"},
    )

    assert answer.status_code == 200
    assert "huỷ lượt thăm đang có kế hoạch" in answer.content.decode()


def test_inspector_of_another_commune_cannot_be_chosen(client, coordinator):
    PublishedVersionFactory(checklist="safe-room")
    house = HouseFactory()
    stranger = staff(Role.INSPECTOR, OtherCommuneFactory())

    client.post(
        f"/office/visits/plan/{house.number}/",
        {"inspector": stranger.pk, "planned_for": clock.today().isoformat()},
    )

    assert not Visit.objects.exists()


def test_follow_up_is_planned_from_its_list(client, coordinator):
    finding = CriticalFindingFactory()
    path = f"/office/visits/plan/{finding.house.number}/?follows={finding.visit.pk}"

    page = shown(client, "/office/visits/again/")
    client.post(
        path,
        {
            "inspector": finding.visit.inspector.pk,
            "planned_for": clock.today().isoformat(),
        },
    )

    assert path in page
    assert Visit.objects.planned().get().follow_up_of == finding.visit
    assert finding.house.number not in shown(client, "/office/visits/again/")


def test_follow_ups_are_what_only_a_visit_settles_or_is_late(client, coordinator):
    critical = CriticalFindingFactory()
    late = FindingFactory(due_at=clock.now() - dt.timedelta(days=1))
    harmless = FindingFactory()

    page = shown(client, "/office/visits/again/")

    assert page.index(late.house.number) < page.index(critical.house.number)
    assert harmless.house.number not in page


@pytest.mark.parametrize("count", [1, 3])
def test_follow_ups_query_count(client, count, coordinator, django_assert_num_queries):
    CriticalFindingFactory.create_batch(count)

    with django_assert_num_queries(6):
        page = shown(client, "/office/visits/again/")

    assert page.count('class="visit"') == count


def test_visit_is_withdrawn_with_its_reason(client, coordinator):
    visit = VisitFactory()

    client.post(f"/office/visits/{visit.pk}/withdrawal/", {"because": "Trời bão"})

    visit.refresh_from_db()
    assert (visit.withdrawn_by, visit.withdrawn_because) == (coordinator, "Trời bão")
    assert "Trời bão" in shown(client, f"/office/visits/{visit.pk}/")


# --- one visit ---------------------------------------------------------------------------


def test_visit_page_shows_answers_notes_and_signatures(client):
    visit = VisitFactory(house=RoomFactory(label="101").house)
    sent = document(visit, notes="Chủ nhà rất cởi mở")
    sent["house_part"]["answers"]["FIR-08"] = {
        "result": "fail",
        "note": "Chưa có sơ đồ",
    }
    sent["signatures"] = [{"role": "landlord", "strokes": [[[1, 2], [3, 4]], []]}]
    send(client, visit, sent)
    client.force_login(staff(Role.REVIEWER))

    page = shown(client, f"/office/visits/{visit.pk}/")

    assert "Chủ nhà rất cởi mở" in page
    assert "Chưa có sơ đồ" in page
    assert 'd="M1 2L3 4"' in page
    assert page.count('class="answer answer-fail"') == 1
    assert page.count('class="answer answer-pass"') == 3
    assert "12 m²" in page
    assert "Phòng 101" in page


def test_visit_page_keeps_what_was_said_in_private(client):
    visit = VisitFactory(house=RoomFactory().house)
    sent = document(visit)
    sent["house_part"]["answers"]["WOM-09"] = {"result": "fail", "note": "chuyện riêng"}
    send(client, visit, sent)
    pages = {}

    for role in (Role.REVIEWER, Role.CASE_WORKER):
        user = staff(Role.REVIEWER, visit.house.commune)
        if role == Role.CASE_WORKER:
            user = staff(role, visit.house.commune)
            reader = staff(Role.REVIEWER).memberships.get()
            reader.user = user
            reader.save()
        client.force_login(user)
        pages[role] = shown(client, f"/office/visits/{visit.pk}/")

    assert "chuyện riêng" not in pages[Role.REVIEWER]
    assert "chuyện riêng" in pages[Role.CASE_WORKER]


def test_visit_page_tells_what_was_odd(client):
    visit = VisitFactory(house=RoomFactory().house)
    send(client, visit, document(visit))
    client.force_login(staff(Role.REVIEWER))

    page = shown(client, f"/office/visits/{visit.pk}/")

    assert "Máy tính bảng không báo đồng hồ" in page


def test_every_flag_is_said_in_words_with_what_to_do():
    described = Path("docs/reference/pack.md").read_text()
    table = described.split("| flag | |")[1].split("\n\n")[0]
    codes = set(re.findall(r"`(\w+)`", table)) - {"true"}
    submission = SubmissionFactory(flags=sorted(codes - {"no_room"}))

    flags = beside.flags_of(submission)

    assert {flag.code for flag in flags} == set(beside.FLAGS)
    assert all(flag.words and flag.advice for flag in flags)


def test_wrong_clock_is_said_with_both_times_and_the_difference(client):
    finished = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
    submission = SubmissionFactory(
        flags=["clock_skew"],
        finished_at=finished,
        visited_at=finished - dt.timedelta(days=3),
        clock_skew_ms=3 * 24 * 3600 * 1000,
    )
    client.force_login(staff(Role.REVIEWER))

    page = shown(client, f"/en/office/visits/{submission.visit_id}/")

    assert "The tablet says 21/11/2026 09:00, the registry 18/11/2026 09:00" in page
    assert "its clock was 3 days ahead" in page


def test_visit_page_keeps_both_records_readable(client):
    visit = VisitFactory(house=RoomFactory().house)
    first = receive(visit, notes="bản trước")
    twin = receive_twin(visit, notes="bản sau")
    client.force_login(staff(Role.COORDINATOR))
    address = f"/en/office/visits/{visit.pk}/"

    newest, kept = (
        shown(client, address, **query) for query in ({}, {"record": twin.pk})
    )

    assert "Two records of this visit" in newest
    assert "bản trước" in newest
    assert "Compare the two records" not in newest  # the reviewer's
    assert "bản sau" in kept
    assert "has no effect by itself" in kept
    assert "kept for the reviewer" in kept

    settle_differences(
        submission=first,
        other=twin,
        choices={"notes": "both"},
        because="Hai người cùng ghi",
        by=staff(Role.REVIEWER),
    )
    assert "Hai người cùng ghi" in shown(client, address)
    assert "bản sau" in shown(client, address, record=twin.pk)
    assert "bản sau" not in shown(client, address, record=first.pk)


def test_visit_page_names_other_visits_of_the_same_day(client):
    submission = SubmissionFactory()
    house = submission.visit.house
    same = SubmissionFactory(visit__house=house, visit__received_at=clock.now())
    SubmissionFactory(
        visit__house=house,
        visit__received_at=clock.now(),
        visited_at=clock.now() - dt.timedelta(days=1),
    )
    client.force_login(staff(Role.COORDINATOR))

    page = shown(client, f"/en/office/visits/{submission.visit_id}/")

    assert page.count("Another visit to this house on the same day") == 1
    assert f"/en/office/visits/{same.visit_id}/" in page


def test_list_tells_what_is_on_its_way(client, coordinator):
    UploadFactory(visit=VisitFactory().pk, received=610)

    assert "61 %, since" in shown(client, "/en/office/visits/")


def test_visit_page_shows_the_revision_asked_for(client):
    visit = VisitFactory(house=RoomFactory().house)
    send(client, visit, document(visit, notes="lần một"))
    Return.objects.create(
        submission=visit.submissions.get(), note="Xem lại", by=staff(Role.REVIEWER)
    )
    send(client, visit, document(visit, notes="lần hai", revision=2))
    client.force_login(staff(Role.REVIEWER))
    path = f"/office/visits/{visit.pk}/"

    assert "lần hai" in shown(client, path)
    assert "lần một" in shown(client, path, revision="1")
    assert "Xem lại" in shown(client, path, revision="1")
    assert "lần hai" in shown(client, path, revision="nonsense")


def test_visit_page_of_a_follow_up_tells_old_answers_apart(client):
    first = VisitFactory(house=RoomFactory().house)
    sent = document(first)
    sent["house_part"]["answers"]["FIR-01"] = {"result": "fail"}
    send(client, first, sent)
    second = VisitFactory(
        house=first.house,
        inspector=first.inspector,
        version=first.version,
        follow_up_of=first,
    )
    again = document(second, rooms=[])
    again["house_part"] = {"facts": {}, "answers": {"FIR-01": {"result": "pass"}}}
    send(client, second, again)
    client.force_login(staff(Role.REVIEWER))

    page = shown(client, f"/office/visits/{second.pk}/")

    assert page.count("từ lượt thăm trước") == 3


@pytest.mark.parametrize("count", [1, 3])
def test_visit_page_query_count(client, count, coordinator, django_assert_num_queries):
    rooms = RoomFactory.create_batch(count, house=HouseFactory())
    submission = SubmissionFactory(visit__house=rooms[0].house)
    for room in rooms:
        FindingFactory(submission=submission, room=room)

    with django_assert_num_queries(13):
        page = shown(client, f"/office/visits/{submission.visit.pk}/")

    assert page.count("hạn khắc phục") == count


# --- findings and ties -------------------------------------------------------------------


def test_findings_are_filtered(client, coordinator):
    open_one = FindingFactory()
    late = FindingFactory(due_at=clock.now() - dt.timedelta(days=1))
    closed = FindingFactory(
        closed_at=clock.now(), closed_by=coordinator, closed_how="waived"
    )

    def count(**query):
        page = shown(client, "/office/findings/", **query)
        return page.count('class="finding-row"')

    assert count() == 2
    assert count(status="overdue") == 1
    assert count(status="waived") == 1
    assert count(status="all") == 3
    assert count(severity="K") == 0
    assert count(q=late.house.number) == 1
    assert count(commune=open_one.house.commune.pk, status="all") == 3
    assert closed.pk


@pytest.mark.parametrize("count", [1, 3])
def test_findings_query_count(client, count, coordinator, django_assert_num_queries):
    submission = SubmissionFactory()
    for number in range(count):
        FindingFactory(
            submission=submission,
            room=RoomFactory(house=submission.visit.house, label=f"{number}"),
        )

    with django_assert_num_queries(8):
        page = shown(client, "/office/findings/")

    assert page.count('class="finding-row"') == count


def test_inspector_declares_her_own_tie(client):
    house = HouseFactory()
    inspector = staff(Role.INSPECTOR, house.commune)
    TieFactory(house=house, inspector=staff(Role.INSPECTOR))
    client.force_login(inspector)

    client.post("/office/ties/", {"house": house.number.lower(), "kind": "kin"})

    tie = Tie.objects.get(inspector=inspector)
    assert (tie.house, tie.kind) == (house, "kin")
    assert shown(client, "/office/ties/").count('class="tie"') == 1


def test_coordinator_keeps_the_tie_of_an_inspector(client, coordinator):
    house = HouseFactory()
    inspector = staff(Role.INSPECTOR, house.commune)

    for _ in range(2):
        answer = client.post(
            "/office/ties/",
            {"house": house.number, "kind": "neighbour", "inspector": inspector.pk},
        )

    assert Tie.objects.get().inspector == inspector
    assert answer.status_code == 200


def test_tie_needs_a_house_of_ones_communes(client):
    client.force_login(staff(Role.INSPECTOR, OtherCommuneFactory()))

    client.post("/office/ties/", {"house": HouseFactory().number, "kind": "kin"})

    assert not Tie.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_ties_query_count(client, count, coordinator, django_assert_num_queries):
    for _ in range(count):
        TieFactory(inspector=UserFactory())

    with django_assert_num_queries(7):
        assert shown(client, "/office/ties/").count('class="tie"') == count


# --- waiving, and versions of the checklist ----------------------------------------------


def test_reviewer_waives_what_is_not_grave(client):
    finding, grave = FindingFactory(), CriticalFindingFactory()
    client.force_login(staff(Role.REVIEWER))
    path = f"/office/findings/{finding.pk}/waiver/"

    page = shown(client, "/office/findings/")
    client.post(path, {"because": "Đã lấp giếng"})
    refused = client.post(f"/office/findings/{grave.pk}/waiver/", {"because": "Không"})

    finding.refresh_from_db()
    grave.refresh_from_db()
    assert path in page
    assert f"/office/findings/{grave.pk}/waiver/" not in page
    assert (finding.closed_how, finding.closed_because) == ("waived", "Đã lấp giếng")
    assert (refused.status_code, grave.closed_at) == (200, None)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_but_a_reviewer_waives(client, role):
    finding = FindingFactory()
    client.force_login(staff(role))

    answer = client.post(f"/office/findings/{finding.pk}/waiver/", {"because": "x"})

    assert answer.status_code == 404


def test_landlord_who_reviews_does_not_waive_her_own(client):
    finding = FindingFactory()
    membership = staff(Role.REVIEWER).memberships.get()
    membership.user = finding.house.landlord.user
    membership.save()
    client.force_login(membership.user)

    answer = client.get(f"/office/findings/{finding.pk}/waiver/")

    assert answer.status_code == 404


def upload(document):
    return SimpleUploadedFile("v.json", document, "application/json")


def test_checklist_is_drafted_published_and_retired(client):
    client.force_login(staff(Role.ADMINISTRATOR))
    document = json.dumps(SMALL).encode()

    client.post("/office/checklists/", {"file": upload(document)})
    version = ChecklistVersion.objects.get()
    client.post(f"/office/checklists/{version.pk}/publication/")
    version.refresh_from_db()
    published = version.state
    client.post(f"/office/checklists/{version.pk}/retirement/")
    version.refresh_from_db()

    assert (published, version.state) == ("published", "retired")
    assert shown(client, "/office/checklists/").count('class="version"') == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"x": "\\u0000"}', b"[" * 99_999]
)
def test_draft_that_is_none_is_refused(client, content):
    client.force_login(staff(Role.ADMINISTRATOR))

    answer = client.post("/office/checklists/", {"file": upload(content)})

    assert answer.status_code == 200
    assert not ChecklistVersion.objects.exists()


def test_published_version_is_not_published_again(client):
    version = PublishedVersionFactory()
    client.force_login(staff(Role.ADMINISTRATOR))

    answer = client.post(
        f"/office/checklists/{version.pk}/publication/", follow=True
    ).content.decode()

    assert "notice-error" in answer
    assert client.get(f"/office/checklists/{version.pk}/other/").status_code == 404


@pytest.mark.parametrize("path", ["", "1/publication/"])
@pytest.mark.parametrize("role", list(Role))
def test_checklists_are_kept_by_administrators_everywhere(client, path, role):
    client.force_login(staff(role, CommuneFactory()))

    assert client.get(f"/office/checklists/{path}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_versions_query_count(client, count, django_assert_num_queries):
    PublishedVersionFactory.create_batch(count)
    client.force_login(staff(Role.ADMINISTRATOR))

    with django_assert_num_queries(5):
        page = shown(client, "/office/checklists/")

    assert page.count('class="version"') == count


@pytest.mark.parametrize(
    "model", ["checklistversion", "visit", "submission", "finding", "tie"]
)
def test_administration_only_looks(client, model):
    FindingFactory()
    TieFactory(inspector=UserFactory())
    client.force_login(AdministratorFactory())

    assert client.get(f"/admin/inspections/{model}/").status_code == 200
    assert client.get(f"/admin/inspections/{model}/add/").status_code == 403
