"""Which rights are known least, from the counts of quizzes. No sheet can be told apart."""

from dataclasses import dataclass

from handbooks.models import Right


@dataclass(frozen=True)
class Known:
    right: str
    known: int
    answered: int

    @property
    def label(self) -> str:
        return str(Right(self.right).label)

    @property
    def percent(self) -> int:
        return round(100 * self.known / self.answered)


def known_least(items) -> list[Known]:
    """The rights that some questions are about, the least known first; one query."""
    found = [
        Known(right, known, known + missed) for right, known, missed in items.by_right()
    ]
    return sorted(found, key=lambda one: (one.known / one.answered, one.label))
