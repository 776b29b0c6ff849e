"""The coordinator plans, the office reads: at a desk, in Vietnamese and in English."""

import copy
import datetime as dt
import math

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Role
from core import clock, jobs
from inspections.models import ChecklistVersion, Visit
from inspections.pack import MEDIA_TYPE
from tests.accounts.factories import MembershipFactory, staff
from tests.barriers import barriers
from tests.e2e.screens import OFFICE, PHONE, photograph
from tests.inspections.checklist_v1 import good_visit
from tests.inspections.factories import (
    CriticalFindingFactory,
    DraftVersionFactory,
    FindingFactory,
    TieFactory,
    UploadFactory,
    VisitFactory,
    document,
    pack,
)
from tests.inspections.rescues import PASSPHRASE, file_of, rescued
from tests.inspections.test_api_pack import photo, with_photos
from tests.reference.shipped import load_reference
from tests.registry.factories import CommuneFactory, HouseFactory, RoomFactory, jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(live_server, page):
    """A coordinator who also reviews, signed in in the browser."""
    user = staff(Role.COORDINATOR, CommuneFactory())
    user.full_name = "Phạm Thị Hạnh"
    user.save()
    membership = MembershipFactory(user=user, role=Role.REVIEWER, everywhere=False)
    membership.communes.set([CommuneFactory()])
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": live_server.url}]
    )
    return user


@pytest.fixture
def checklist():
    load_reference()
    call_command("load_checklist", verbosity=0)
    return ChecklistVersion.objects.get()


@pytest.fixture
def house():
    house = HouseFactory(name="Nhà trọ Hoa Sen", hamlet="Thôn Ấp Tre")
    RoomFactory(house=house, label="101")
    RoomFactory(house=house, label="102")
    return house


def scribble(turns):
    return [[[150 + 9 * t, 60 + int(40 * math.sin(t / turns))] for t in range(60)]]


def without_photos(visit):
    for place in (visit["house"], *visit["rooms"]):
        for answer in place["answers"].values():
            answer.pop("photos", None)
    return visit


@pytest.fixture
def visit(house, checklist):
    """Received, with things to see to, photos, signatures and another version of itself."""
    inspector = staff(Role.INSPECTOR, house.commune)
    inspector.full_name = "Nguyễn Thị Lan"
    inspector.save()
    visit = VisitFactory(house=house, version=checklist, inspector=inspector)
    good = without_photos(good_visit())
    rooms = [
        copy.deepcopy(good["rooms"][0])
        | {"id": room.code, "people": {"women": 2, "men": 0}}
        for room in house.rooms.order_by("label")
    ]
    sent = document(visit) | {"house_part": good["house"], "rooms": rooms}
    sent["notes"] = "Chủ nhà cởi mở, hứa sửa cửa trong tuần."
    sent["signatures"] = [
        {"role": "inspector", "strokes": scribble(4)},
        {"role": "landlord", "strokes": scribble(7)},
    ]
    pictures = [
        photo("FIR-01", content=jpeg(colour="sienna")),
        photo("FIR-01", content=jpeg(colour="slategray")),
    ]
    sent["house_part"]["answers"]["FIR-01"] = {
        "result": "fail",
        "note": "Xe máy chắn lối ra sau nhà.",
        "photos": [each.manifest["sha256"] for each in pictures],
    }
    sent["house_part"]["answers"]["FIR-08"] = {"result": "unseen"}
    sent["rooms"][1]["answers"]["SPC-01"] = {"number": 7.5}
    client = Client()
    client.force_login(inspector)
    for notes in (sent["notes"], "Ghi chú khác"):
        body = with_photos(sent | {"notes": notes}, *pictures)
        answer = client.put(
            f"/api/v1/visits/{visit.pk}/pack", body, content_type=MEDIA_TYPE
        )
        assert answer.status_code in (201, 409), answer.content
    jobs.run_waiting()
    return visit


@pytest.mark.parametrize("language", ["", "/en"])
def test_visit_is_read_at_a_desk(live_server, page, office, visit, language):
    page.goto(f"{live_server.url}{language}/office/visits/{visit.pk}/")

    assert page.locator(".answer-fail").count() == 2
    assert page.locator(".answer-photos img").count() == 2
    assert page.locator(".signature").count() == 2
    name = f"office/visit{language.replace('/', '-')}"
    assert photograph(page, name, [OFFICE]) == [OFFICE]
    assert barriers(page) == []


def test_visit_is_planned_at_a_desk(live_server, page, office, house, checklist):
    inspector = staff(Role.INSPECTOR, house.commune)
    page.goto(f"{live_server.url}/office/visits/")

    page.click("text=Lên lịch thăm >> nth=0")
    page.fill("input[name=q]", "Hoa Sen")
    page.click("main form button")
    page.locator("text=Chọn Nhà trọ Hoa Sen").wait_for()
    photograph(page, "office/choose-house", [OFFICE])
    page.click("text=Chọn Nhà trọ Hoa Sen")
    page.select_option("select[name=inspector]", str(inspector.pk))
    photograph(page, "office/plan", [OFFICE])
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    page.click("main form button")

    page.locator(".notice-success").wait_for()
    visit = Visit.objects.get()
    assert (visit.inspector, visit.planned_by) == (inspector, office)
    photograph(page, "office/planned", [OFFICE])
    page.goto(f"{live_server.url}/office/visits/{visit.pk}/withdrawal/")
    photograph(page, "office/withdrawal", [OFFICE])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("visits", "/office/visits/"),
        ("again", "/office/visits/again/"),
        ("findings", "/office/findings/"),
        ("ties", "/office/ties/"),
    ],
)
def test_lists_at_a_desk(live_server, page, office, visit, name, path):
    VisitFactory(version=visit.version)
    FindingFactory(submission__visit__version=visit.version)
    CriticalFindingFactory(
        submission__visit__version=visit.version,
        due_at=clock.now() - dt.timedelta(days=2),
    )
    TieFactory(inspector=visit.inspector, house=HouseFactory())

    page.goto(live_server.url + path)

    assert page.locator("tbody tr").count() >= 1
    assert photograph(page, f"office/{name}", [OFFICE]) == [OFFICE]
    assert barriers(page) == []


def test_checklists_are_kept_at_a_desk(live_server, page, office, visit):
    MembershipFactory(user=office, role=Role.ADMINISTRATOR)
    finding = FindingFactory(submission__visit__version=visit.version)
    draft = DraftVersionFactory(checklist="safe-room", number=2)

    for name, path in [
        ("checklists", "/office/checklists/"),
        ("publication", f"/office/checklists/{draft.pk}/publication/"),
        ("waiver", f"/office/findings/{finding.pk}/waiver/"),
    ]:
        page.emulate_media(color_scheme="light")
        page.goto(live_server.url + path)
        assert photograph(page, f"office/{name}", [OFFICE]) == [OFFICE]
        assert barriers(page) == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_checklist_is_read_on_a_phone(live_server, page, checklist, language):
    page.goto(f"{live_server.url}{language}/checklist/")

    assert page.locator(".check").count() == 68
    name = f"checklist{language.replace('/', '-')}"
    assert photograph(page, name, [PHONE, OFFICE]) == [PHONE, OFFICE]
    assert barriers(page) == []


def test_a_rescue_file_and_what_is_on_its_way(
    live_server, page, office, house, tmp_path
):
    one, other = (VisitFactory(house=place) for place in (house, HouseFactory()))
    good, sealed = rescued(other, pack(document(other)))
    packs = [
        rescued(one, pack(document(one))),
        (good | {"label": "Nhà ông Sáu"}, sealed[:-1] + b"?"),
        rescued(other, pack(document(other)), proof="Pack 1.20261121." + "0" * 64),
    ]
    path = tmp_path / "safe-rooms-2026-11-22.rescue"
    path.write_bytes(file_of(*packs))
    UploadFactory(visit=other.pk, author=other.inspector, received=610)

    page.goto(f"{live_server.url}/office/rescue/")
    page.set_input_files("[name=file]", path)
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click("main form .button")
    page.wait_for_selector("tr.rescued")
    page.emulate_media(color_scheme="light")
    assert photograph(page, "office/rescue", [OFFICE]) == [OFFICE]
    assert barriers(page) == []
    page.click("text=Đang gửi")
    page.wait_for_selector("tr.upload")
    page.emulate_media(color_scheme="light")
    assert photograph(page, "office/uploads", [OFFICE]) == [OFFICE]
    assert barriers(page) == []

    assert one.submissions.get().sent_by == one.inspector
