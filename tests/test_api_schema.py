"""The whole API against its own description: made-up requests, valid and not."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from accounts.models import Role
from config.wsgi import application
from inspections.pack import MEDIA_TYPE, PART_MEDIA_TYPE, SEALED_MEDIA_TYPE
from tests.accounts.factories import MembershipFactory
from tests.inspections.factories import FindingFactory, VisitFactory
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db
TOKEN = "t" * 32
# Nothing but a whole pack is accepted, and a description cannot say what one is made of;
# nor that a part must lie within the length that is announced.
OPAQUE = {
    "PUT /api/v1/visits/{id}/pack",
    "PATCH /api/v1/visits/{id}/uploads/{sha256}",
}


def described():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    # As it is served: lazy words become text.
    return json.loads(OpenApiJsonRenderer().render(schema))


def operations():
    schema = schemathesis.openapi.from_dict(described())
    schema.app = application
    return [result.ok() for result in schema.get_all_operations()]


load_all_checks()
for media_type in (MEDIA_TYPE, PART_MEDIA_TYPE, SEALED_MEDIA_TYPE):
    schemathesis.serializer.alias(media_type, "application/octet-stream")
OPERATIONS = {operation.label: operation for operation in operations()}


@pytest.fixture(autouse=True)
def _one_connection():
    """The application would close the connection that the test's transaction is on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers():
    """Of a member of staff with every role, and with something of everything to read."""
    finding = FindingFactory()
    RoomFactory(house=VisitFactory().house)
    user = finding.visit.inspector
    for role in Role:
        if role != Role.INSPECTOR:
            MembershipFactory(user=user, role=role)
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    return {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }


def tried(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("label", OPERATIONS)
def test_api_keeps_its_description(label, headers):
    operation = OPERATIONS[label]
    excluded = ["positive_data_acceptance"] if label in OPAQUE else []

    @tried(20)
    @given(case=operation.as_strategy())
    def check(case):
        case.call_and_validate(
            headers=headers, excluded_checks=CHECKS.get_by_names(excluded)
        )

    check()


@pytest.mark.parametrize("label", OPERATIONS)
def test_api_keeps_its_description_for_a_stranger(label):
    excluded = CHECKS.get_by_names(["positive_data_acceptance"])

    @tried(3)
    @given(case=OPERATIONS[label].as_strategy())
    def check(case):
        case.call_and_validate(excluded_checks=excluded)

    check()


def test_api_describes_every_pack_refusal():
    answers = described()["paths"]["/api/v1/visits/{id}/pack"]["put"]["responses"]

    assert set(answers) == {"200", "201", "4XX", "503", "507"}
