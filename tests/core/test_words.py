from babel.messages.mofile import read_mo

from core import words


def house(tmp_path, **files):
    """A small project: file names (with __ for /) and their text."""
    for name, text in {"rooms__apps.py": "", "core__apps.py": "", **files}.items():
        path = tmp_path / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def catalogue(root, room, name="django"):
    return root / room / "locale/vi/LC_MESSAGES" / f"{name}.po"


def translate(path, english, vietnamese):
    text = path.read_text()
    before = f'msgid "{english}"\nmsgstr ""'
    assert before in text
    path.write_text(text.replace(before, f'msgid "{english}"\nmsgstr "{vietnamese}"'))


def test_update_gathers_python_and_templates_of_a_room(tmp_path):
    root = house(
        tmp_path,
        **{
            "rooms__models.py": '_("Rent")\npgettext_lazy("month", "May")\n',
            "templates__rooms__a.html": """
                {% load i18n %}{% translate "It's free" %}
                  {% blocktranslate trimmed count n=n %}
                    One room
                  {% plural %}
                    {{ n }} rooms
                  {% endblocktranslate %}
             {% include "x.html" with label=_("Save") only %}""",
        },
    )

    words.update(root)

    assert catalogue(root, "rooms").read_text() == (
        words.HEADER + 'msgid "It\'s free"\nmsgstr ""\n\n'
        'msgctxt "month"\nmsgid "May"\nmsgstr ""\n\n'
        '#, python-format\nmsgid "One room"\nmsgid_plural "%(n)s rooms"\n'
        'msgstr[0] ""\n\n'
        'msgid "Rent"\nmsgstr ""\n\nmsgid "Save"\nmsgstr ""\n'
    )


def test_update_puts_shared_templates_into_core_and_the_tablets_words_apart(tmp_path):
    root = house(
        tmp_path,
        **{
            "inspections__apps.py": "",
            "accounts__apps.py": "",
            "templates__base.html": '{% translate "Menu" %}',
            "templates__account__login.html": '{% translate "Sign in" %}',
            "static__tablet__app.js": 'say(gettext("Saved"));',
        },
    )

    words.update(root)

    assert 'msgid "Menu"' in catalogue(root, "core").read_text()
    assert 'msgid "Sign in"' in catalogue(root, "accounts").read_text()
    assert 'msgid "Saved"' in catalogue(root, "inspections", "djangojs").read_text()


def test_update_keeps_translations_also_of_words_that_moved_to_another_room(tmp_path):
    root = house(tmp_path, **{"rooms__views.py": '_("Rent")\n_("Gone")'})
    words.update(root)
    translate(catalogue(root, "rooms"), "Rent", "Tiền thuê")
    translate(catalogue(root, "rooms"), "Gone", "Mất")
    house(root, **{"rooms__views.py": '_("Other")', "core__views.py": '_("Rent")'})

    words.update(root)

    assert 'msgid "Rent"\nmsgstr "Tiền thuê"' in catalogue(root, "core").read_text()
    assert "Mất" not in catalogue(root, "rooms").read_text()


def test_update_leaves_other_rooms_alone(tmp_path):
    root = house(tmp_path, **{"rooms__views.py": '_("B")', "core__a.py": '_("A")'})

    words.update(root, rooms=["rooms"])

    assert catalogue(root, "rooms").exists()
    assert not catalogue(root, "core").exists()


def test_update_twice_changes_nothing(tmp_path):
    root = house(tmp_path, **{"rooms__views.py": '_("B")\n_("A")'})
    words.update(root)
    before = catalogue(root, "rooms").read_bytes()

    words.update(root)

    assert catalogue(root, "rooms").read_bytes() == before


def test_compiled_catalogue_holds_translated_words_and_those_of_packages(tmp_path):
    root = house(tmp_path, **{"rooms__views.py": '_("Rent")\n_("Untold")'})
    words.update(root)
    translate(catalogue(root, "rooms"), "Rent", "Tiền thuê")
    catalogue(root, "rooms", "packages").write_text(
        words.HEADER + 'msgid "Too many"\nmsgstr "Nhiều quá"\n'
    )

    words.compile_all(root)

    with catalogue(root, "rooms").with_suffix(".mo").open("rb") as file:
        compiled = {m.id: m.string for m in read_mo(file) if m.id}
    assert compiled == {"Rent": "Tiền thuê", "Too many": "Nhiều quá"}


def test_problems_names_what_is_missing(tmp_path):
    root = house(tmp_path, **{"rooms__views.py": '_("Rent")'})
    words.update(root)
    house(root, **{"rooms__views.py": '_("Rent")\n_("New")'})

    assert words.problems(root) == [
        "rooms/locale/vi/LC_MESSAGES/django.po: is out of date, "
        "run `python3 dev.py words`",
        "rooms/locale/vi/LC_MESSAGES/django.po: 'Rent' has no vi text",
    ]


def test_problems_names_wrong_placeholders_and_one_word_said_twice(tmp_path):
    root = house(
        tmp_path,
        **{
            "rooms__views.py": '_("%(n)s rooms")\n_("Rent")',
            "core__views.py": '_("Rent")',
        },
    )
    words.update(root)
    translate(catalogue(root, "rooms"), "%(n)s rooms", "%(m)s phòng")
    translate(catalogue(root, "rooms"), "Rent", "Tiền thuê")
    translate(catalogue(root, "core"), "Rent", "Giá thuê")

    faults = words.problems(root)

    assert len(faults) == 2
    assert "'%(n)s rooms': unknown named placeholder" in faults[0]
    assert faults[1].endswith(
        "'Rent' is said otherwise in core; say it one way or give a context"
    )
