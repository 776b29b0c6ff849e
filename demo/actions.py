"""The year itself: everything in one transaction, or nothing."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from random import Random

from django.db import connection, transaction
from django.utils.translation import override

from core import clock, images, jobs
from core.errors import Refused
from demo import people, plans, stories
from demo.calendar import live
from demo.life import Life
from demo.plans import Scale
from reference.models import AdministrativeUnit

# The office opens before the first house is registered.
OPENED_DAYS_AGO = 420


@transaction.atomic
def make(*, seed: int, scale: Scale) -> None:
    """Let invented people live through a year, up to this moment."""
    communes = list(AdministrativeUnit.objects.filter(pilot=True).order_by("pk"))
    if not communes:
        raise Refused("no_communes", "Run load_reference first: no pilot commune.")
    until = clock.now()
    names = stories.names(scale.houses, Random(seed))
    houses = plans.plan(scale, names, communes, seed)
    with override("vi"), images.remembered(), _without_savepoints():
        with clock.set_to(until - dt.timedelta(days=OPENED_DAYS_AGO)):
            office = people.open_office(communes)
        landlords: dict = {}
        lives = [Life(plan, office, landlords, until) for plan in houses]
        live(
            [stories.BY_NAME[n](life) for n, life in zip(names, lives, strict=True)],
            until=until,
        )
    people.give_passwords()
    # The papers are printed when somebody asks for them.
    jobs.forget("certificates.print")


@contextlib.contextmanager
def _without_savepoints() -> Iterator[None]:
    """Nothing here is tried and taken back, and a third of all statements are savepoints.

    An error within then ends the whole transaction, as it should.
    """
    features, usual = connection.features, connection.features.uses_savepoints
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = usual
