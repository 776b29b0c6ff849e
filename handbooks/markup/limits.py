"""How much a text may be. Whatever somebody pastes, reading it ends soon.

A section is two A5 pages, some 2,500 letters; these are far from what anybody needs.
"""

import re

from handbooks.markup.problems import Problem, problem

MOST_LETTERS = 20_000
MOST_LINES = 1_000
LONGEST_LINE = 2_000
LONGEST_PARAGRAPH = 2_500
DEEPEST = 10  # levels of lists and blocks within each other, each list counts two
MOST_COLUMNS = 6

# No sign that people write: controls, marks that turn the direction of what follows, hidden
# letters. What has no width but stands between Khmer words (U+200B to U+200D) is none.
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def has_unseen_sign(text: str) -> bool:
    return bool(_UNSEEN.search(text))


def problems_of_size(text: str) -> list[Problem]:
    """What is wrong before anything is read; a text with such a problem is not read."""
    if len(text) > MOST_LETTERS:
        return [problem(1, "too_long", most=MOST_LETTERS)]
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return [problem(MOST_LINES, "too_many_lines", most=MOST_LINES)]
    found = []
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            found.append(problem(number, "long_line", most=LONGEST_LINE))
        elif line.count("|") > MOST_COLUMNS + 1:
            found.append(problem(number, "too_many_columns", most=MOST_COLUMNS))
        elif has_unseen_sign(line):
            found.append(problem(number, "unseen_sign"))
    return found
