from handbooks.actions.editions import (
    propose_edition,
    publish_edition,
    take_back,
    withdraw,
)
from handbooks.actions.shipped import load_shipped
from handbooks.actions.texts import problems_of, save_draft, save_revision

__all__ = [
    "load_shipped",
    "problems_of",
    "propose_edition",
    "publish_edition",
    "save_draft",
    "save_revision",
    "take_back",
    "withdraw",
]
