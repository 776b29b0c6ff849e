"""Proof that nothing is lost: a real browser, a real server, real accidents.

Parts, each in a file of its own:

- `registry.py`: the registry as it runs for real. A private PostgreSQL (fsync on) that can be
  halted, crashed and revived; the web server as `dev.py run` starts it, in processes that
  are killed with -9 as a whole.
- `line.py`: what lies between a tablet and the registry. Slow, cut at any byte, down, or with
  answers of its own (a captive portal, a proxy). It counts requests and bytes.
- `tablet.py`: Chromium with a profile of its own, which can be killed, copied, reopened. Page
  and API go through the line: one origin. `hands.js` touches what a person touches.
- `holding.py`: compares what the registry holds with what the tablet computed.

Fixtures: `registry` (one a session; each test plans its own visits and looks only at them),
`line` (one a test), `tablet(user)` (any number), `plan(...)` (visits for one inspector).

Inside a drill Django's own connection leads to the registry's private database, so that
factories plan visits and QuerySets look at what has arrived. Nothing is rolled back.
"""

import os
import random
import sys

import pytest
from django.db import connection

from accounts.models import Role
from tests.accounts.factories import staff
from tests.conftest import CHROMIUM
from tests.drills.line import Line
from tests.drills.registry import Registry
from tests.drills.tablet import Tablet
from tests.inspections.factories import PublishedVersionFactory, VisitFactory
from tests.registry.factories import RoomFactory


def pytest_collection_modifyitems(config, items):
    """DRILLS=2,3 runs only these scenarios (`dev.py drill --only 2,3`)."""
    only = os.environ.get("DRILLS")
    left = []
    for item in items:
        drill = item.get_closest_marker("drill")
        if drill is None:
            continue
        item.add_marker("browser")
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no chromium"))
        if only and str(drill.args[0]) not in only.split(","):
            left.append(item)
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)


def pytest_runtest_logreport(report):
    """`dev.py drill` says what goes on in words."""
    words = os.environ.get("DRILL_ROUND")
    if words and report.when == "call":
        name = report.location[2].removeprefix("test_").replace("_", " ")
        state = "held" if report.passed else report.outcome.upper()
        line = f"{words} · {name} · {state} · {report.duration:.0f} s"
        print(line, file=sys.stderr, flush=True)  # noqa: T201


@pytest.fixture
def chance():
    """Random moments that can be had again: DRILL_SEED, which a failing test shows."""
    seed = int(os.environ.get("DRILL_SEED") or random.randrange(10**6))
    print(f"DRILL_SEED={seed}")  # noqa: T201
    return random.Random(seed)


@pytest.fixture(scope="session")
def _registry(tmp_path_factory):
    registry = Registry(tmp_path_factory.mktemp("registry"))
    yield registry
    registry.close()


@pytest.fixture
def registry(_registry, django_db_blocker):
    """The running registry; Django here speaks with its database."""
    if not _registry.web.is_alive:
        _registry.web.start()
    with django_db_blocker.unblock():
        connection.close()
        before = dict(connection.settings_dict)
        connection.settings_dict.update(_registry.place)
        yield _registry
        connection.close()
        connection.settings_dict.update(before)


@pytest.fixture
def media(registry, settings):
    settings.MEDIA_ROOT = registry.media
    return registry.media


@pytest.fixture
def line(registry):
    line = Line(registry.web.port)
    yield line
    line.close()


@pytest.fixture
def line_too(registry):
    """That of a tablet in another alley."""
    line = Line(registry.web.port)
    yield line
    line.close()


@pytest.fixture
def tablet(playwright, line, tmp_path):
    """Makes tablets; those that are still on at the end are switched off."""
    tablets = []

    def make(user, through=None):
        folder = tmp_path / f"tablet-{len(tablets)}"
        tablets.append(Tablet(playwright, folder, through or line, user))
        return tablets[-1]

    yield make
    for each in tablets:
        each.close()


@pytest.fixture
def plan(registry):
    """Visits planned for today, all for one inspector, of houses with some rooms each."""

    def make(count=1, rooms=1, version=None, user=None):
        version = version or PublishedVersionFactory()
        user = user or staff(Role.INSPECTOR)
        visits = [VisitFactory(inspector=user, version=version) for _ in range(count)]
        for visit in visits:
            for number in range(rooms):
                RoomFactory(house=visit.house, label=f"{101 + number}")
        return visits

    return make
