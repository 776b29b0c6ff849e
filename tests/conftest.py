"""What every test stands on: words, static files, its own media folder, the browser."""

import contextlib
import gc
import os
import shutil
import time
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from playwright import sync_api as playwright
from pytest_django.plugin import blocking_manager_key

from core import words
from handbooks import ready
from tests.together import Together

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# The same engine without windows to draw: a quarter less to do. Drills have the whole one.
PAGES = shutil.which("chromium-headless-shell") or CHROMIUM
LAUNCH_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's synchronous API runs inside an event loop; Django would refuse queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure(config):
    django_settings.STATIC_ROOT = django_settings.VAR_DIR / "test-static"
    django_settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"  # argon2 is slow on purpose
    ]
    # A thread of live_server may end with its connection open, and a warning is an error.
    django_settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    # No limit of time on a machine with other work, and in CI the same examples each time.
    hypothesis.settings.register_profile(
        "suite", deadline=None, derandomize="CI" in os.environ
    )
    hypothesis.settings.load_profile("suite")
    # live_server's handler asks the finders, which do not know hashed names; WhiteNoise
    # serves them from STATIC_ROOT as in production.
    StaticFilesHandler._should_handle = lambda self, path: False


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_sessionstart(session):
    if hasattr(session.config, "workerinput"):
        return  # the first process has done it
    words.compile_all()
    translation_file_changed(None, Path("django.mo"))  # what was read before is old
    if not _static_is_fresh():
        django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _static_is_fresh() -> bool:
    manifest = django_settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    sources = [
        *(ROOT / "static").rglob("*"),
        *(ROOT / "requirements").glob("*.txt"),
        *(ROOT / "inspections" / "locale").rglob("*.mo"),
        ROOT / "core" / "bundles.py",
        ROOT / "core" / "inline_style.py",
        ROOT / "core" / "modules.py",
        ROOT / "core" / "storage.py",
    ]
    return all(path.stat().st_mtime < made for path in [ROOT / "static", *sources])


def pytest_collection_modifyitems(items):
    for item in items:
        if "page" in item.fixturenames or "context" in item.fixturenames:
            item.add_marker("browser")
        if PAGES is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no chromium"))


def pytest_collection_finish(session):
    """What is loaded by now stays: Python need not look through it with every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_terminal_summary(terminalreporter):
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "no chromium" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("BROWSER TESTS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} browser tests did not run. "
            "Install the browser: apt-get install chromium libatomic1"
        )


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An own folder for uploaded files; gone with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _nothing_ready():
    """No page that another test has read."""
    ready.forget()


@pytest.fixture(autouse=True)
def _language():
    """A test begins in Vietnamese, whatever page the one before has read."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": PAGES,
        "args": LAUNCH_ARGS,
    }


@pytest.fixture
def page(page):
    """A page that tells, in a failing test's output, what went wrong inside."""
    page.on("console", lambda said: print("console:", said.type, said.text))  # noqa: T201
    page.on("pageerror", lambda error: print("pageerror:", error))  # noqa: T201
    page.on(
        "response",
        lambda got: got.status >= 400 and print("http", got.status, got.url),  # noqa: T201
    )
    return page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions empties the tables; what migrations wrote comes back.

    Here, not in a fixture: it has to be after the emptying, which is a fixture's end too.
    """
    marker = item.get_closest_marker("django_db")
    asked = {"live_server", "transactional_db"} & set(item.fixturenames)
    is_real = asked or (marker and marker.kwargs.get("transaction"))
    if is_real and "browser" in getattr(item, "funcargs", {}):
        _leave_pages(item.funcargs["browser"])
        _let_requests_end(item.config)
    yield
    if is_real and nextitem:  # the end of a session has taken the test database away
        with item.config.stash[blocking_manager_key].unblock():
            import_module("accounts.migrations.0002_first_consent_texts").add(
                apps, None
            )
            _forget_jobs()  # what runs next in this process must not find them
            # Beside a browser's event loop it is another one than the tests' own, and
            # nobody else would close it before the database is taken away.
            connection.close()


def _leave_pages(browser):
    """An app that goes on asking would stand in the way of emptying the tables."""
    for context in browser.contexts:
        for page in context.pages:
            with contextlib.suppress(
                playwright.Error
            ):  # one that crashed, or is closed
                page.goto("about:blank")


def _let_requests_end(config):
    with config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                """SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle'
                AND datname = current_database() AND pid <> pg_backend_pid()"""
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


def _forget_jobs():
    """Of no model of ours: nobody else empties that table."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
