import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import rules
from certificates.rules.issuing import months_later

UTC = dt.UTC
days = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ("certify", ("certify", "conditional", "refuse")),
        ("conditional", ("conditional", "refuse")),
        ("refuse", ("refuse",)),
        ("not_complete", ("refuse",)),
    ],
)
def test_reviewer_is_never_more_lenient_than_the_rules(said, allowed):
    assert rules.allowed_outcomes(said) == allowed


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-21", 12, "2027-11-21"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-02-28", 12, "2028-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-11-30", 13, "2027-12-30"),
    ],
)
def test_months_later(day, months, later):
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(
        later
    )


def test_period_is_twelve_months_less_a_day_from_the_visit():
    period = rules.period(
        decided_on=dt.date(2026, 11, 21),
        first_seen_on=dt.date(2026, 11, 19),
        last_seen_on=dt.date(2026, 11, 19),
        conditional=False,
    )

    assert period == (dt.date(2026, 11, 21), dt.date(2027, 11, 18))


def test_conditional_period_ends_sixty_days_after_the_last_visit():
    period = rules.period(
        decided_on=dt.date(2026, 11, 21),
        first_seen_on=dt.date(2026, 10, 1),
        last_seen_on=dt.date(2026, 11, 20),
        conditional=True,
    )

    assert period == (dt.date(2026, 11, 21), dt.date(2027, 1, 19))


def test_conditional_period_never_outlasts_the_full_one():
    period = rules.period(
        decided_on=dt.date(2026, 11, 21),
        first_seen_on=dt.date(2025, 12, 1),
        last_seen_on=dt.date(2026, 11, 20),
        conditional=True,
    )

    assert period == (dt.date(2026, 11, 21), dt.date(2026, 11, 30))


@pytest.mark.parametrize(
    ("first_seen_on", "there_is_one"), [("2025-11-22", True), ("2025-11-21", False)]
)
def test_what_was_seen_too_long_ago_gives_no_certificate(first_seen_on, there_is_one):
    seen = dt.date.fromisoformat(first_seen_on)

    period = rules.period(
        decided_on=dt.date(2026, 11, 21),
        first_seen_on=seen,
        last_seen_on=seen,
        conditional=False,
    )

    assert (period is not None) == there_is_one


@given(days, st.integers(0, 500), st.integers(0, 500), st.booleans())
def test_deciding_later_never_makes_a_certificate_last_longer(
    first, to_last, to_decision, conditional
):
    last = first + dt.timedelta(days=to_last)
    soon = last + dt.timedelta(days=to_decision)

    ends = [
        rules.period(
            decided_on=decided,
            first_seen_on=first,
            last_seen_on=last,
            conditional=conditional,
        )
        for decided in (soon, soon + dt.timedelta(days=1))
    ]

    assert ends[1] is None or ends[1][1] == ends[0][1]


def test_number_tells_commune_year_and_place_in_the_row():
    assert rules.number("00454", 2026, 123) == "00454-2026-000123"
