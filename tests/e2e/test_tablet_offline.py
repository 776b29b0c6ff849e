"""The app without a network, and when a new version of it comes."""

import dataclasses

import pytest
from django.core.signals import request_started

from accounts.models import Role
from inspections.views import tablet as views
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.inspector import open_visit, touch, unlock
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import VisitFactory
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "navigator.serviceWorker.ready.then(() => caches.keys())"


@pytest.fixture
def visit():
    """Planned for today, to a house with one room."""
    visit = VisitFactory(inspector=staff(Role.INSPECTOR))
    RoomFactory(house=visit.house, label="101")
    return visit


@pytest.fixture
def asked():
    """What the server was asked for: the proof that a tablet was really offline."""
    seen = []

    def hear(environ, **_):
        seen.append(environ["PATH_INFO"])

    request_started.connect(hear)
    yield seen
    request_started.disconnect(hear)


@pytest.fixture
def deploy(monkeypatch):
    """Another version of the app on the server; `broken`: one file is not what it says."""
    made = views._made

    def change(version, *, broken=False):
        def newer(language):
            app = made(language)
            page = app.page.replace(app.version.encode(), version.encode())
            kept = app.files | ({"/healthz": b"?"} if broken else {})
            return dataclasses.replace(app, version=version, page=page, files=kept)

        monkeypatch.setattr(views, "_made", newer)

    return change


def look_for_update(page):
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then(found => found.update())"
        ".catch(() => {})"
    )


def version(page):
    return page.evaluate("document.documentElement.dataset.version")


def test_app_opens_and_works_without_a_network(tablet, visit, asked):
    page = tablet(visit.inspector)
    page.locator("article.visit").wait_for()
    page.evaluate(KEPT)

    page.context.set_offline(True)
    asked.clear()
    page.reload()
    unlock(page)
    open_visit(page, visit)
    page.get_by_role("link", name="Thoát nạn").click()
    touch(page, "FIR-08", "Đạt")
    page.reload()
    unlock(page)
    page.locator("#house-FIR-08 input[value=pass]:checked").wait_for(state="attached")
    answer = page.evaluate("fetch('/healthz').then(got => got.status, () => 'cut')")

    assert (asked, answer) == ([], "cut")


def test_new_version_waits_while_a_visit_is_open(tablet, visit, deploy):
    page = tablet(visit.inspector)
    first = version(page)
    open_visit(page, visit)
    page.evaluate(KEPT)
    home = page.context.new_page()
    home.goto(page.url.split("#")[0])
    unlock(home)
    take = home.get_by_role("button", name="Có bản mới")

    deploy("000000000new")
    look_for_update(home)
    take.click()
    home.get_by_text("Có lượt thăm đang mở ở cửa sổ khác").wait_for()
    assert barriers(home) == []
    photograph(home, "tablet/new-version", [360, TABLET])
    inspector.go(page, visit.pk, "section", "B")
    assert version(page) == first

    page.goto(page.url.split("#")[0] + "#/")
    page.locator("body[data-shown='#/']").wait_for()
    take.click()
    home.locator("html[data-version='000000000new']").wait_for(state="attached")
    unlock(home)
    home.locator("article.visit").wait_for()
    assert version(page) == first
    kept = [f"tablet-vi-{first}", "tablet-vi-000000000new"]
    assert sorted(page.evaluate(KEPT)) == sorted(kept)


def test_half_a_new_version_leaves_the_old_one_whole(tablet, visit, deploy):
    page = tablet(visit.inspector)
    page.locator("article.visit").wait_for()
    first = version(page)
    page.evaluate(KEPT)

    deploy("00000000half", broken=True)
    look_for_update(page)
    page.context.set_offline(True)
    page.reload()
    unlock(page)
    page.locator("article.visit").wait_for()

    assert version(page) == first
    assert page.get_by_role("button", name="Có bản mới").count() == 0
