"""What a visit means: findings, deadlines, scores and the outcome for each room.

Pure functions over the two documents of docs/reference/checklist-format.md. The
tablet's static/tablet/rules.js says the same; tests/vectors prove that they agree.
"""

from .answers import applies, deadlines, result_of
from .checklists import problems
from .merging import merge
from .outcomes import evaluate, findings, missing, photos_missing
from .prepared import Prepared, prepared
from .scores import score
from .visits import problems_of_visit

__all__ = [
    "Prepared",
    "applies",
    "deadlines",
    "evaluate",
    "findings",
    "merge",
    "missing",
    "photos_missing",
    "prepared",
    "problems",
    "problems_of_visit",
    "result_of",
    "score",
]
