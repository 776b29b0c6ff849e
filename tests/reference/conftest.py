import pytest
from django.conf import settings
from django.db import transaction

from reference import actions


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The real files in the database, once for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.load(folder=settings.BASE_DIR / "fixtures")
        transaction.set_rollback(True)
