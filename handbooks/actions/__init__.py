from handbooks.actions.editions import (
    PRINTING,
    propose_edition,
    publish_edition,
    take_back,
    withdraw,
)
from handbooks.actions.printing import print_edition
from handbooks.actions.shipped import load_shipped
from handbooks.actions.texts import problems_of, save_draft, save_revision

__all__ = [
    "PRINTING",
    "load_shipped",
    "print_edition",
    "problems_of",
    "propose_edition",
    "publish_edition",
    "save_draft",
    "save_revision",
    "take_back",
    "withdraw",
]
