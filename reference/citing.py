"""Who rests on the law, besides its readers here: rooms above say so when they load.

The register knows nobody who cites it; who tells of an ending law has to name them all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import NamedTuple


class Cited(NamedTuple):
    """Something with an address of its own whose words rest on a law."""

    law: str  # the reference's key
    name: str
    where: str
    address: str


Teller = Callable[[Collection[str]], list[Cited]]
_tellers: list[Teller] = []


def tell(teller: Teller) -> None:
    """From now on `teller` is asked which of its things cite some of these keys."""
    _tellers.append(teller)


def citing(keys: Collection[str]) -> dict[str, list[Cited]]:
    """By key."""
    found: dict[str, list[Cited]] = defaultdict(list)
    for teller in _tellers if keys else ():
        for each in teller(keys):
            found[each.law].append(each)
    return found
