"""What the models promise, the database keeps: nothing got lost in a migration."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

OURS = [
    model
    for model in apps.get_models()
    if model._meta.managed and not model.__module__.startswith(("django", "allauth"))
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_constraint_and_index_of_a_model_is_in_the_database(model):
    # Altering a field may drop a partial unique index on it without a word.
    with connection.cursor() as cursor:
        kept = connection.introspection.get_constraints(cursor, model._meta.db_table)

    promised = {each.name for each in [*model._meta.constraints, *model._meta.indexes]}

    assert promised - set(kept) == set()
