import pytest

from inspections import rules
from tests.inspections import vectors

CASES = vectors.cases()
FUNCTIONS = {
    "evaluate": rules.evaluate,
    "missing": rules.missing,
    "photos_missing": rules.photos_missing,
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_vector(case):
    checklist = vectors.changed(case.get("checklist", {}), "small")
    visit = vectors.changed(case.get("visit", {}), "clean")
    expected = dict(case["expected"])
    problems = rules.problems_of_visit(checklist, visit)
    if "before" in case:
        before = vectors.changed(case["before"], "clean")
        visit = rules.merge(before, visit, case.get("repaired", []))

    found = {
        name: FUNCTIONS[name](checklist, visit)
        for name in expected.keys() - {"problems"}
    }

    assert rules.problems(checklist) == []
    assert problems == expected.pop("problems", problems)
    assert vectors.contains(found, expected), found


def test_there_are_enough_vectors_and_no_name_is_used_twice():
    names = [case["name"] for case in CASES]

    assert len(set(names)) == len(names) >= 40
