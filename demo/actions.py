"""The year itself: everything in one transaction, or nothing."""

import contextlib
import datetime as dt
import gc
from collections.abc import Iterator
from random import Random

from django.db import connection, transaction
from django.utils.translation import override

from core import clock, images, jobs
from core.errors import Refused
from demo import books, outreach, people, plans, quizzes, stories
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
    with override("vi"), images.remembered(), _in_haste():
        with clock.set_to(until - dt.timedelta(days=OPENED_DAYS_AGO)):
            office = people.open_office(communes)
        landlords: dict = {}
        lives = [Life(plan, office, landlords, until) for plan in houses]
        live(
            [stories.BY_NAME[n](life) for n, life in zip(names, lives, strict=True)],
            until=until,
        )
        books.publish(office)
        met = outreach.hold(office, communes)
        quizzes.hold(office, met, seed)
    people.give_passwords()
    # The papers are printed when somebody asks for them.
    jobs.forget("certificates.print")


@contextlib.contextmanager
def _in_haste() -> Iterator[None]:
    """A third of all statements would be savepoints, though nothing is tried and taken back.

    An error within ends the whole transaction, as it should. And what becomes garbage may
    lie until the end.
    """
    features, usual = connection.features, connection.features.uses_savepoints
    features.uses_savepoints = False
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        features.uses_savepoints = usual
