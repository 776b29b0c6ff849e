import datetime as dt
import json
import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from core.models import Event
from reference import actions
from reference.models import (
    AdministrativeUnit,
    FormerUnit,
    Gate,
    LegalReference,
    Succession,
    Tariff,
)
from tests.reference.factories import LegalReferenceFactory, TariffFactory

pytestmark = pytest.mark.django_db

UNITS = """\
code\tprovince\tname\tlatitude\tlongitude
01\t\tThành phố Hà Nội\t21.0\t105.7
00493\t01\tXã Thiên Lộc\t21.1\t105.7
08974\t01\tXã Quang Minh\t21.2\t105.7
08995\t01\tXã Tiến Thắng\t21.2\t105.6
"""
FORMER = """\
code\tname\tdistrict\tprovince\tsuccessors
08973\tThị trấn Chi Đông\tHuyện Mê Linh\tThành phố Hà Nội\t08974
08986\tXã Kim Hoa\tHuyện Mê Linh\tThành phố Hà Nội\t08974 08995
"""


@pytest.fixture
def folder(tmp_path):
    for name in ["legal_references.json", "tariffs.json", "workplaces.json"]:
        shutil.copy(settings.BASE_DIR / "fixtures" / name, tmp_path)
    (tmp_path / "units.tsv").write_text(UNITS)
    (tmp_path / "former_communes.tsv").write_text(FORMER)
    (tmp_path / "pilot_communes.txt").write_text("08974\n")
    return tmp_path


def test_load_reads_every_file(folder):
    counts = actions.load(folder=folder)

    assert counts["units"] == AdministrativeUnit.objects.count() == 4
    assert counts["former_communes"] == FormerUnit.objects.count() == 2
    assert counts["legal_references"] == LegalReference.objects.count()
    assert counts["tariffs"] == Tariff.objects.count() == 2
    assert list(AdministrativeUnit.objects.pilot()) == [
        AdministrativeUnit.objects.get(code="08974")
    ]


def test_load_says_what_is_whole_and_what_is_a_part(folder):
    actions.load(folder=folder)

    assert sorted(Succession.objects.values_list("former", "successor", "extent")) == [
        ("08973", "08974", "whole"),
        ("08986", "08974", "part"),
        ("08986", "08995", "part"),
    ]


def test_load_again_writes_nothing(folder):
    actions.load(folder=folder)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.load(folder=folder)

    words = {query["sql"].split()[0] for query in queries}
    inserts = [query["sql"] for query in queries if query["sql"].startswith("INSERT")]
    assert words <= {"SAVEPOINT", "RELEASE", "SELECT", "INSERT", "ANALYZE"}
    assert all("ON CONFLICT DO NOTHING" in sql for sql in inserts)


def test_load_brings_changes_of_the_files(folder):
    actions.load(folder=folder)
    (folder / "units.tsv").write_text(
        UNITS.replace("Xã Quang Minh", "Phường Quang Minh")
    )
    (folder / "former_communes.tsv").write_text(FORMER.replace("08974 08995", "08995"))

    actions.load(folder=folder)

    assert AdministrativeUnit.objects.get(code="08974").kind == "ward"
    assert Succession.objects.get(former="08986").extent == "whole"


def test_load_keeps_the_pilot_mark_of_the_administrator(folder):
    actions.load(folder=folder)
    AdministrativeUnit.objects.filter(code="08974").update(pilot=False)

    actions.load(folder=folder)

    assert not AdministrativeUnit.objects.pilot().exists()


def test_load_keeps_a_legal_reference_confirmed_later(folder):
    actions.load(folder=folder)
    reference = LegalReference.objects.filter(key="law-55-2024-art-20")
    reference.update(number="new", confirmed_on=dt.date(2026, 11, 1))

    actions.load(folder=folder)

    assert reference.get().number == "new"


def test_load_corrects_a_legal_reference_confirmed_earlier(folder):
    actions.load(folder=folder)
    reference = LegalReference.objects.filter(key="law-55-2024-art-20")
    reference.update(number="old", confirmed_on=dt.date(2026, 1, 1))

    actions.load(folder=folder)

    assert reference.get().number == "55/2024/QH15"


def test_load_keeps_the_tariff_that_an_administrator_entered(folder):
    own = TariffFactory(reference=LegalReferenceFactory())

    actions.load(folder=folder)

    assert list(Tariff.objects.electricity()) == [own]


def test_load_ends_a_tariff_and_begins_the_next(folder):
    actions.load(folder=folder)
    path = folder / "tariffs.json"
    electricity, water = json.loads(path.read_text())
    following = electricity | {
        "key": "electricity-next",
        "in_force": ["2027-01-01", None],
    }
    electricity["in_force"][1] = "2027-01-01"
    path.write_text(json.dumps([electricity, following, water]))

    actions.load(folder=folder)

    assert list(Tariff.objects.electricity().values_list("key", "in_force")) == [
        ("electricity-next", DateRange(dt.date(2027, 1, 1), None)),
        (
            "electricity-2025-05-10",
            DateRange(dt.date(2025, 5, 10), dt.date(2027, 1, 1)),
        ),
    ]


def test_load_keeps_a_gate_that_was_measured(folder):
    actions.load(folder=folder)
    gate = Gate.objects.filter(key="quang-minh-1-centre")
    gate.update(latitude=21.2, certainty="surveyed")

    actions.load(folder=folder)

    assert gate.get().latitude == 21.2


def test_load_leaves_no_line_in_the_audit_trail(folder):
    actions.load(folder=folder)

    assert not Event.objects.exists()


def test_command_says_what_it_read(folder, capsys):
    call_command("load_reference", "--from", str(folder))

    assert capsys.readouterr().out.splitlines()[0] == "units: 4"
