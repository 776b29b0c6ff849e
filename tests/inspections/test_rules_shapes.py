"""What the tables of shapes are built of; mutants can only be seen by calling them."""

import pytest

from inspections.rules import shapes


@pytest.mark.parametrize(
    ("value", "good"),
    [
        (2, True),
        (3, True),
        (4, True),
        (1, False),
        (5, False),
        (True, False),
        (3.0, False),
        ("3", False),
        (None, False),
    ],
)
def test_whole(value, good):
    check, words = shapes.whole(2, 4)

    assert check(value) is good
    assert words == "a whole number from 2 to 4"


def test_whole_takes_true_for_no_number():
    check, _ = shapes.whole(0, 1)

    assert not check(True)
    assert check(1)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("ab", True),
        ("b", False),
        ("ab\n", False),
        ("", False),
        (5, False),
        (None, False),
    ],
)
def test_pattern(value, good):
    check, words = shapes.pattern("a[a-z]", "an a and a letter")

    assert check(value) is good
    assert words == "an a and a letter"


@pytest.mark.parametrize(
    ("value", "good"), [("a", True), ("b", True), ("c", False), (["a"], False)]
)
def test_one_of(value, good):
    check, words = shapes.one_of("a", "b")

    assert check(value) is good
    assert words == "one of a, b"


@pytest.mark.parametrize(("value", "good"), [(None, True), ("a", True), ("b", False)])
def test_or_null(value, good):
    check, words = shapes.or_null(shapes.one_of("a"))

    assert check(value) is good
    assert words == "one of a, or null"


@pytest.mark.parametrize(
    ("value", "least", "good"),
    [
        ([], 0, True),
        ([], 1, False),
        ([True], 1, True),
        ([True, True], 1, True),
        ([True, 1], 1, False),
        ([True], 2, False),
        ((True, True), 2, False),
        ({}, 0, False),
        (None, 0, False),
    ],
)
def test_list_of(value, least, good):
    assert shapes.list_of(shapes.is_boolean, least)(value) is good


def test_list_of_may_be_empty():
    assert shapes.list_of(shapes.is_boolean)([])


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"a": True, "b": True}, True),
        ({"a": True}, True),
        ({"b": True}, False),
        ({"a": 1}, False),
        ({"a": True, "c": True}, False),
        ([], False),
    ],
)
def test_object_of(value, good):
    shape = {"a": shapes.BOOLEAN, "b": shapes.BOOLEAN}

    assert shapes.object_of(shape, "b")(value) is good
