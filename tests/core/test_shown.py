import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core import clock, icons
from core.states import STATES
from core.templatetags import shown


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1_200_000, "1.200.000 đ"),
        (0, "0 đ"),
        (999, "999 đ"),
        (Decimal("3622.6"), "3.623 đ"),
        (-50_000, "-50.000 đ"),
        (None, ""),
    ],
)
def test_dong_groups_thousands_by_points(amount, words):
    assert shown.dong(amount) == words


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1.000", "1,000"),
        (1_234_567, "1.234.567", "1,234,567"),
        (None, "", ""),
    ],
)
def test_count_groups_thousands_as_the_language_does(number, vietnamese, english):
    with translation.override("vi"):
        assert shown.count(number) == vietnamese
    with translation.override("en"):
        assert shown.count(number) == english


@pytest.mark.parametrize(
    ("square_metres", "words"),
    [
        (Decimal("12.50"), "12,5 m²"),
        (12.5, "12,5 m²"),
        (Decimal("12.00"), "12 m²"),
        (100, "100 m²"),
        (None, ""),
    ],
)
def test_area_has_a_comma_and_no_needless_zero(square_metres, words):
    with translation.override("vi"):
        assert shown.area(square_metres) == words


def test_area_has_a_point_in_english():
    with translation.override("en"):
        assert shown.area(12.5) == "12.5 m²"


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "0 m"),
        (7, "7 m"),
        (850, "850 m"),
        (846, "850 m"),
        (994, "990 m"),
        (996, "1 km"),
        (1240, "1,2 km"),
        (12_600, "13 km"),
        (None, ""),
    ],
)
def test_distance_is_rounded_to_what_can_be_told_apart(metres, words):
    with translation.override("vi"):
        assert shown.distance(metres) == words


@pytest.mark.parametrize(
    ("metres", "words"), [(10, "1 min walk"), (80, "1 min walk"), (850, "11 min walk")]
)
def test_minutes_walk_rounds_up(metres, words):
    with translation.override("en"):
        assert shown.minutes_walk(metres) == words


def test_day_of_a_moment_is_the_day_in_viet_nam():
    late_in_utc = dt.datetime(2026, 11, 20, 18, 5, tzinfo=dt.UTC)

    assert shown.day(late_in_utc) == "21/11/2026"
    assert shown.moment(late_in_utc) == "21/11/2026 01:05"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "2 days overdue"),
        (-1, "1 day overdue"),
        (0, "today"),
        (1, "1 day left"),
        (30, "30 days left"),
    ],
)
def test_days_left_counts_days_in_viet_nam(days, words):
    late_in_utc = dt.datetime(2026, 11, 20, 18, 5, tzinfo=dt.UTC)
    due = dt.date(2026, 11, 21) + dt.timedelta(days=days)

    with clock.set_to(late_in_utc), translation.override("en"):
        assert shown.days_left(due) == words
        assert shown.days_left(late_in_utc + dt.timedelta(days=days)) == words


def test_days_left_until_nothing():
    assert shown.days_left(None) == ""


def test_day_of_a_date():
    assert shown.day(dt.date(2026, 11, 21)) == "21/11/2026"
    assert shown.day(None) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+84912345678", "0912 345 678"),
        ("+442079460000", "+44 20 7946 0000"),
        ("114", "114"),
        ("+", "+"),
        ("", ""),
    ],
)
def test_phone_is_written_as_people_say_it(number, words):
    assert shown.phone(number) == words


def test_icon_is_silent_unless_it_is_named():
    page = Template('{% icon "key" %}|{% icon "key" label=words size="big" %}')

    silent, named = page.render(Context({"words": "Own <key>"})).split("|")

    assert silent.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"')
    assert named.startswith(
        '<svg class="icon icon-big" viewBox="0 0 24 24"'
        ' role="img" aria-label="Own &lt;key&gt;"'
    )


def test_icon_that_nobody_drew_is_loud():
    with pytest.raises(KeyError):
        shown.icon("unicorn")


@pytest.mark.parametrize("name", icons.names())
def test_icon_has_our_grid_and_our_stroke(name):
    drawn = (icons.FOLDER / f"{name}.svg").read_text()

    assert drawn.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"'
        ' viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round">'
    )
    assert "style=" not in drawn


@pytest.mark.parametrize("key", STATES)
def test_state_has_pictogram_word_and_colour(key):
    look = STATES[key]

    shown_state = shown.state(key)

    assert shown_state.startswith(f'<span class="chip chip-{look.colour}"><svg')
    assert shown_state.endswith(f"</svg>{look.word}</span>")


def test_state_takes_other_words():
    assert shown.state("valid", word="a < b").endswith("</svg>a &lt; b</span>")


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/rooms/?people=2", "en", "/en/rooms/?people=2"),
        ("/en/rooms/?people=2", "vi", "/rooms/?people=2"),
        ("/en/rooms/", "en", "/en/rooms/"),
        ("/", "vi", "/"),
        ("/entrance/", "vi", "/entrance/"),
        ("/en//elsewhere.example/", "vi", "/elsewhere.example/"),
    ],
)
def test_same_page_in_the_other_language(path, language, expected):
    context = Context({"request": RequestFactory().get(path)})

    assert shown.same_page_in(context, language) == expected


def test_state_says_until_when():
    with translation.override("vi"):
        shown_state = shown.state("valid", until=dt.date(2027, 11, 21))

    assert shown_state.endswith("</svg>Còn hiệu lực đến 21/11/2027</span>")


def test_state_is_said_in_the_readers_language():
    with translation.override("vi"):
        assert shown.state("valid").endswith("Còn hiệu lực</span>")
    with translation.override("en"):
        assert shown.state("valid").endswith("Valid</span>")


@pytest.mark.parametrize(("number", "words"), [(1, "1 person"), (3, "3 people")])
def test_people_are_counted(number, words):
    with translation.override("en"):
        assert shown.people(number) == words


def test_address_follows_the_language():
    with translation.override("en"):
        assert shown.address("/office/") == "/en/office/"
    with translation.override("vi"):
        assert shown.address("/office/") == "/office/"
