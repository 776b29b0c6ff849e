"""The OpenAPI description is complete for every address, whoever wrote it."""

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema():
    GENERATOR_STATS.reset()
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema):
    return [
        (f"{method} {path}", operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_schema_has_no_warnings(schema):
    assert schema["openapi"].startswith("3.1")
    assert not GENERATOR_STATS


def test_every_operation_tells_how_it_refuses(schema):
    missing = [
        name for name, said in operations(schema) if "4XX" not in said["responses"]
    ]

    assert missing == []
    assert schema["components"]["schemas"]["Refusal"]["required"] == ["code", "message"]


def test_text_in_the_address_holds_no_nul(schema):
    parameters = {
        parameter["name"]: parameter["schema"]
        for name, operation in operations(schema)
        if name == "get /api/v1/communes/"
        for parameter in operation["parameters"]
    }

    assert parameters["q"] == {"type": "string", "pattern": r"^[^\u0000]*$"}
    assert parameters["pilot"] == {"type": "boolean"}
