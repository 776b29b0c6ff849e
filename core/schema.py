"""What the OpenAPI description says of every address alike."""

REFUSAL = {
    "type": "object",
    "description": "Every refusal: a stable code for programs, words for people.",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "fields": {
            "type": "object",
            "additionalProperties": True,
            "description": "With code `invalid`: what is wrong, by field.",
        },
    },
    "required": ["code", "message"],
}
_NO_NUL = r"^[^\u0000]*$"


def describe_refusals(result, generator, request, public):
    """Hook of drf-spectacular: refusals have one shape, and text holds no NUL."""
    result["components"]["schemas"].setdefault("Refusal", REFUSAL)
    refused = {
        "description": "Refused",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}
        },
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("4XX", refused)
            for parameter in operation.get("parameters", []):
                _forbid_nul(parameter["schema"])
    return result


def _forbid_nul(schema):
    if schema.get("type") == "string" and not {"format", "enum"} & set(schema):
        schema.setdefault("pattern", _NO_NUL)
