import re

import pytest
from django.contrib import admin
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.factories import AdministratorFactory

pytestmark = pytest.mark.django_db
LISTS = [
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry
]


@pytest.mark.parametrize("name", ["admin:index", *LISTS])
def test_administration_carries_no_styles_inside(client, name):
    client.force_login(AdministratorFactory())

    page = client.get(reverse(name)).content.decode()

    assert re.findall(r"<style|<[^>]+ style=|<script>", page) == []


def test_administration_shows_no_secret_and_acts_nowhere_past_the_audit():
    shown = {model._meta.label for model in admin.site._registry}

    assert (
        shown
        & {
            "mfa.Authenticator",
            "auth.Group",
            "axes.AccessLog",
            "account.EmailAddress",
        }
        == set()
    )
    assert ProcrastinateJob in admin.site._registry
