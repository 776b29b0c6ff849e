import pytest
from django.db import transaction

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
