"""The handbooks that came with the program, published for the first time."""

import contextlib

from core.errors import Refused
from demo.people import Office
from handbooks import actions
from handbooks.models import Volume


def publish(office: Office) -> None:
    """Edition 1 of each volume, today: one editor prepares it, the other publishes it."""
    writer, publisher = office.editors
    actions.load_shipped()
    for volume in Volume.objects.shelf():
        # Some day a law that a text cites will have ended: then that volume waits for its
        # editors, and the rest of the demo is there all the same.
        with contextlib.suppress(Refused):
            edition = actions.propose_edition(volume=volume, by=writer)
            actions.publish_edition(edition=edition, by=publisher)
