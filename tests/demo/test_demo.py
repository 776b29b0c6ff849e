"""The demo's year at a small scale: every state is there, made by people's own acts."""

import datetime as dt
import io
import json
from collections import Counter
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Q
from django.test import override_settings
from django.urls import reverse

from accounts.models import Role, User
from accounts.permissions import has_role
from certificates.models import Certificate, Decision, Status, Suspension
from core import clock
from core.models import Event
from demo import people, stories, tally
from demo.calendar import live
from handbooks.models import Event as Outreach
from handbooks.models import PrintRun, Question, Quiz, Stock
from inspections import actions as inspections
from inspections.models import EvidencePhoto, Finding, Submission, Tie, Visit
from reference import actions as reference
from registry.models import House, Landlord, Photo, Room
from tests.conftest import ROOT

HOUSES, LANDLORDS, ROOMS = 22, 14, 60
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def media_of_the_year(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module", autouse=True)
def printed(django_db_setup, django_db_blocker, media_of_the_year):
    """What the command says. The year is lived once and taken back after these tests."""
    said = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load(folder=ROOT / "fixtures")
        checklist = json.loads((ROOT / "fixtures" / "checklist_v1.json").read_text())
        inspections.load_checklist(document=checklist)
        with override_settings(MEDIA_ROOT=media_of_the_year):
            call_command(
                *("demo", "--seed", "7", "--houses", f"{HOUSES}"),
                *("--landlords", f"{LANDLORDS}", "--rooms", f"{ROOMS}"),
                stdout=said,
            )
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def media(settings, media_of_the_year):
    settings.MEDIA_ROOT = media_of_the_year


def test_every_state_of_a_room_is_there():
    states = tally.rooms()

    assert set(states) == {
        *("valid", "conditional", "expired", "revoked", "withdrawn", "refused"),
        *("suspended by a finding", "suspended by a person", "in review"),
        *("returned to the inspector", "never visited", "of a draft house"),
    }
    assert sum(states.values()) == Room.objects.count()


def test_every_status_of_a_certificate_is_there():
    assert set(tally.certificates()) == set(Status.values) - {
        *("not_yet_valid", "unknown")
    }


def test_findings_are_in_every_state_that_time_brings():
    assert {"open", "overdue", "repair_claimed", "fixed"} <= set(tally.findings())


def test_visits_are_planned_received_returned_and_withdrawn():
    visits = tally.visits()

    assert set(visits) == {"planned", "received", "returned", "withdrawn"}
    assert Submission.objects.filter(revision=2).exists()
    assert Submission.objects.unsettled().exists()
    assert Tie.objects.exists()


def test_houses_are_as_many_as_asked_for_and_in_the_nine_communes():
    houses = House.objects.all()

    assert len(houses) == HOUSES
    assert Landlord.objects.count() == LANDLORDS
    assert set(tally.houses()) == {"registered", "draft", "withdrawn"}
    assert all(house.commune.pilot for house in houses)


def test_cards_were_printed_and_handed_out_where_people_were_met():
    stock = dict(Stock.objects.values_list("place__name", "copies"))

    assert stock == {"Văn phòng Hội (thử)": 100, "Nhà văn hoá thôn Mẫu": 20}
    assert PrintRun.objects.expected().count() == 1
    assert [event.given for event in Outreach.objects.listed()] == [0, 380, 0]
    assert [event.people for event in Outreach.objects.listed()] == [None, 400, None]


def test_who_inspected_never_decides():
    decisions = Decision.objects.all()

    assert decisions.filter(decided_by=F("inspected_by")).count() == 0
    assert decisions.filter(submission__visit__inspector=F("decided_by")).count() == 0
    assert len(set(decisions.values_list("decided_by", flat=True))) > 1


def test_the_year_lies_between_a_year_ago_and_now():
    days = Submission.objects.values_list("visited_at", flat=True)

    assert max(days) <= clock.now()
    assert min(days) < clock.now() - dt.timedelta(days=365)
    assert not Event.objects.filter(at__gt=clock.now()).exists()


def test_events_of_a_house_follow_each_other_in_time():
    for house in House.objects.all():
        moments = [event.at for event in Event.objects.under(house)]

        assert moments == sorted(moments, reverse=True)


def test_no_telephone_number_looks_real():
    phones = {*User.objects.values_list("phone", flat=True)}
    phones |= {*Landlord.objects.values_list("phone", flat=True)}

    assert {phone[:7] for phone in phones} <= {"+849000", "+849001"}


def test_names_say_that_they_are_invented():
    assert all("thử" in user.full_name for user in User.objects.all())
    assert all("(thử)" in house.name for house in House.objects.all())
    assert all("Mẫu" in house.hamlet for house in House.objects.all())


def test_no_house_looks_like_another_one_of_its_commune():
    assert not [house for house in House.objects.all() if _same_address(house).exists()]


def _same_address(house):
    others = House.objects.likely_duplicates(house)
    return others.filter(Q(same_address=True) | Q(same_place=True))


def test_every_role_has_an_account_that_signs_in(printed):
    rows = [line.split("\t") for line in printed.splitlines() if "\t" in line]
    by_phone = {user.phone: user for user in User.objects.all()}
    held = set()
    for phone, password, roles, name in rows:
        user = by_phone[f"+84{phone[1:].replace(' ', '')}"]
        held |= {role for role in Role if has_role(user, role)}

        assert user.check_password(password)
        assert user.full_name == name
        assert roles

    assert held == set(Role)


def test_the_landlord_of_the_demo_has_houses_in_several_states():
    landlord = Landlord.objects.get(full_name=people.LANDLORD.full_name)
    certificates = Certificate.objects.filter(room__house__landlord=landlord)

    assert landlord.houses.count() == 5
    assert {"valid", "conditional", "suspended"} <= {
        certificate.status for certificate in certificates.with_status()
    }


def test_the_first_inspector_has_work_on_the_tablet():
    inspector = User.objects.get(full_name="Cán bộ kiểm tra thử 1")

    states = Counter(
        Visit.objects.of(inspector).to_do().values_list("state", flat=True)
    )

    assert states["returned"] == 1
    assert states["planned"] >= 1


def test_the_search_shows_certified_rooms_with_their_photos(client):
    standing = Certificate.objects.standing()

    page = client.get("/rooms/")

    assert page.status_code == 200
    shown = page.context["rooms"]
    assert len(shown) == min(12, standing.count())
    assert all(client.get(room["photo_url"]).status_code == 200 for room in shown)


def test_a_certificate_is_found_by_its_code(client):
    certificate = Certificate.objects.standing().first()

    page = client.get(reverse("lookup:certificate", args=[certificate.code]))

    assert page.status_code == 200
    assert certificate.number in page.content.decode()


def test_photos_are_developed_and_whole():
    assert EvidencePhoto.objects.exists()
    assert not EvidencePhoto.objects.filter(processed_at=None).exists()
    assert not EvidencePhoto.objects.exclude(problem="").exists()
    assert not Submission.objects.filter(flags__contains=["photos_missing"]).exists()
    assert set(Room.objects.filter(results__isnull=False)) <= {
        photo.room for photo in Photo.objects.select_related("room")
    }


def test_visits_raise_no_flag():
    assert not Submission.objects.exclude(flags=[]).exists()


def test_an_open_danger_suspends_every_room_of_its_house():
    danger = Finding.objects.open().critical().filter(room=None).values("house")
    certified = Certificate.objects.with_status().filter(room__house__in=danger)

    assert {c.status for c in certified} <= {"suspended", "superseded"}


def test_a_person_suspends_and_lifts():
    assert Suspension.objects.filter(lifted_by=None).exists()
    assert Suspension.objects.exclude(lifted_by=None).exists()


def test_an_event_was_held_with_quizzes_and_questions():
    handed_in = list(Quiz.objects.values_list("kind", "played"))

    assert sorted(handed_in) == [("choice", 24), ("crossword", 24)]
    assert Question.objects.published("vi").count() == 2
    assert Question.objects.filter(answered_at=None).count() == 1


def test_the_same_seed_gives_the_same_houses():
    names = stories.names(60, Random(1))

    assert names == stories.names(60, Random(1))
    assert Counter(names) == {
        story.__name__: count for story, count in stories.STORIES.items()
    }


def test_a_second_time_nothing_is_made(capsys):
    before = tally.things()

    call_command("demo")

    assert tally.things() == before
    assert "there already" in capsys.readouterr().out


def test_never_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        call_command("demo")


def test_live_goes_by_time_and_stops_at_the_present():
    told = []
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def story(name, *days):
        for day in days:
            yield start + dt.timedelta(days=day)
            told.append((name, (clock.now() - start).days))

    live([story("a", 0, 5, 9), story("b", 3, 6)], until=start + dt.timedelta(days=8))

    assert told == [("a", 0), ("b", 3), ("a", 5), ("b", 6)]
