"""Packs that no tablet makes: whatever is in them, the answer is a plain yes or no."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.pack import MEDIA_TYPE
from tests.inspections.factories import VisitFactory, document, pack
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["pass", "fail", "FIR-01", "2026-11-21T08:00:00Z", "SPC-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["result", "number", "id", "x"]), inner)
    ),
    max_leaves=6,
)


def places(value, way=()):
    """Every place inside a document, as the way that leads there."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        yield (*way, key)
        if isinstance(part, dict | list):
            yield from places(part, (*way, key))


def put_at(document, way, value):
    *first, last = way
    for step in first:
        document = document[step]
    document[last] = value


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_value_anywhere_is_answered(client, data):
    visit = VisitFactory(house=RoomFactory().house)
    client.force_login(visit.inspector)
    whole = document(visit)
    sent = copy.deepcopy(whole)

    way = data.draw(st.sampled_from(list(places(whole))))
    put_at(sent, way, data.draw(VALUES))
    answer = client.put(
        f"/api/v1/visits/{visit.pk}/pack", pack(sent), content_type=MEDIA_TYPE
    )

    assert answer.status_code in {201, 400, 404, 413, 422}
    assert answer.status_code == 201 or answer.json()["code"]


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_flipped_byte_is_answered(client, data):
    visit = VisitFactory(house=RoomFactory().house)
    client.force_login(visit.inspector)
    body = bytearray(pack(document(visit)))

    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    answer = client.put(
        f"/api/v1/visits/{visit.pk}/pack", bytes(body), content_type=MEDIA_TYPE
    )

    assert answer.status_code in {201, 400, 404, 413, 422}
