"""The API, readable: drawn from the same description that programs read.

The usual viewers bring scripts of their own inside the page, which the strict policy
forbids; a table is enough for who writes a client.
"""

import functools

from django.shortcuts import render
from django.views.decorators.cache import cache_control
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "put", "post", "patch", "delete")


@cache_control(public=True, max_age=3600)
def docs(request):
    return render(request, "api_docs.html", {"groups": _groups()})


@functools.cache
def _groups():
    """(tag, operations) in the order of the addresses; the description never changes."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    groups = {}
    for path, item in sorted(schema["paths"].items()):
        for method in METHODS:
            if method in item:
                operation = _operation(path, method, item[method])
                groups.setdefault(operation["tag"], []).append(operation)
    return sorted(groups.items())


def _operation(path, method, described):
    return {
        "id": described["operationId"],
        "tag": described.get("tags", [""])[0],
        "method": method.upper(),
        "path": path,
        "text": described.get("description", ""),
        "needs_account": {} not in described.get("security", [{}]),
        "parameters": [
            {
                "name": parameter["name"],
                "where": parameter["in"],
                "type": parameter["schema"].get("type", ""),
                "text": parameter.get("description", ""),
                "required": parameter.get("required", False),
            }
            for parameter in described.get("parameters", [])
        ],
        "answers": sorted(
            (status, answer.get("description", ""))
            for status, answer in described["responses"].items()
        ),
    }
