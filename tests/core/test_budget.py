import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from core import clock
from core.budget import network, spend
from core.models import Use


@pytest.mark.django_db
def test_budget_ends_at_its_limit_and_begins_anew():
    moment = timezone.now().replace(minute=0, second=0, microsecond=0)

    with clock.set_to(moment):
        first_hour = [
            spend("contact", "192.0.2.1", limit=2, seconds=3600) for _ in range(3)
        ]
        of_another = spend("contact", "192.0.2.2", limit=2, seconds=3600)
    with clock.set_to(moment + dt.timedelta(hours=1)):
        next_hour = spend("contact", "192.0.2.1", limit=2, seconds=3600)

    assert first_hour == [True, True, False]
    assert (of_another, next_hour) == (True, True)


@pytest.mark.django_db
def test_budget_keeps_no_network_address():
    spend("contact", "192.0.2.1", limit=2, seconds=3600)

    assert not Use.objects.filter(whose__contains="192.0.2.1").exists()


@pytest.mark.django_db(transaction=True)
def test_budget_counts_parallel_uses_one_by_one():
    def once(_):
        try:
            return spend("contact", "192.0.2.1", limit=10, seconds=86400)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(once, range(16)))

    assert sum(allowed) == 10


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56"),
    ],
)
def test_network_of_an_address(address, expected):
    assert network(address) == expected
