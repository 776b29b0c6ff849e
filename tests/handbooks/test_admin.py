"""The administration shows handbooks and changes none."""

import pytest
from django.apps import apps
from django.contrib import admin

from tests.accounts.factories import AdministratorFactory
from tests.handbooks.factories import publish, volume_with

pytestmark = pytest.mark.django_db
SHOWN = [
    model
    for model in apps.get_app_config("handbooks").get_models()
    if admin.site.is_registered(model)
]


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model._meta.model_name)
def test_lists_are_shown_and_nothing_is_added(client, model):
    publish(volume_with("Một"))
    client.force_login(AdministratorFactory())
    address = f"/admin/handbooks/{model._meta.model_name}/"

    assert client.get(address).status_code == 200
    assert client.get(f"{address}add/").status_code == 403
