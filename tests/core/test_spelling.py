"""Vietnamese has two ways to put the mark on oa, oe and uy; our texts have one: khoá, hoà."""

import re

from django.conf import settings

# Names of places are spelt as the registers spell them: units.tsv is not among these.
WHERE = [
    "*/locale/vi/LC_MESSAGES/*.po",
    "handbooks/text/**/*.vi.md",
    "handbooks/text/**/*.toml",
    "fixtures/*.json",
]
OTHER = re.compile(r"\w*(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)", re.IGNORECASE)


def test_marks_of_tone_stand_in_one_place():
    found = {
        f"{path.relative_to(settings.BASE_DIR)}: {word}"
        for pattern in WHERE
        for path in settings.BASE_DIR.glob(pattern)
        for word in OTHER.findall(path.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_the_other_way_is_found():
    said = "Khóa cửa, hòa giải, thủy; khoá, hoà, quý, hoàn, thuý, toán, của, mùa"

    assert OTHER.findall(said) == ["Khóa", "hòa", "thủy"]
