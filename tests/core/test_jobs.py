import itertools

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from core import jobs

DONE = []


@jobs.task("tests.remember")
def remember(word):
    DONE.append(word)


@pytest.mark.django_db
def test_job_is_done_with_its_arguments():
    DONE.clear()

    jobs.defer("tests.remember", word="cửa")

    assert jobs.run_waiting() == 1
    assert DONE == ["cửa"]
    assert jobs.run_waiting() == 0


@pytest.mark.django_db
def test_job_of_an_act_that_fails_is_forgotten():
    with transaction.atomic():
        jobs.defer("tests.remember", word="cửa")
        transaction.set_rollback(True)

    assert jobs.run_waiting() == 0


def test_what_is_to_be_done_every_hour_is_known_to_the_worker():
    known = jobs.app.periodic_registry.periodic_tasks.values()

    assert "inspections.sweep" in {periodic.task.name for periodic in known}


@pytest.mark.django_db
def test_what_is_to_be_done_every_hour_takes_the_moment():
    jobs.defer("inspections.sweep", timestamp=1_800_000_000)

    assert jobs.run_waiting("inspections.sweep") == 1


@pytest.mark.parametrize(("priority", "woken"), [(0, 1), (jobs.LATER, 0)])
@pytest.mark.django_db(transaction=True)
def test_what_can_wait_wakes_nobody(priority, woken):
    connection.ensure_connection()
    driver = connection.connection
    driver.execute("LISTEN procrastinate_any_queue_v1")
    driver.execute("LISTEN the_end")

    app.configure_task("x", allow_unknown=True, priority=priority).defer()
    driver.execute("NOTIFY the_end")
    told = driver.notifies(timeout=30)
    heard = list(itertools.takewhile(lambda each: each.channel != "the_end", told))
    told.close()
    driver.execute("UNLISTEN *")

    assert len(heard) == woken
