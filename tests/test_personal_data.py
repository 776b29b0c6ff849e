"""Every field of every model of ours is classified: about a person, or not.

Export, erasure and what the public sees are built on these lists, so a new field that
nobody thought about fails here.
"""

import pytest
from django.apps import apps
from django.conf import settings

MODELS = [
    model
    for app in settings.FIRST_PARTY_APPS
    for model in apps.get_app_config(app).get_models()
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified_once(model):
    own = {
        field.name
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
    }

    assert own == model.PERSONAL | model.NOT_PERSONAL
    assert set() == model.PERSONAL & model.NOT_PERSONAL


def test_no_model_keeps_a_tenant():
    """Head counts only: nothing here names a tenant or keeps an identity paper."""
    forbidden = {"tenant", "identity_number", "id_card", "cccd", "date_of_birth"}

    assert forbidden.isdisjoint(
        field.name for model in MODELS for field in model._meta.get_fields()
    )
