"""Cards printed, stored and handed out; a day on which people were met."""

import contextlib
import datetime as dt

from core import clock, pdf
from demo.people import Office
from handbooks import actions
from handbooks.models import Edition, EditionFile, Event
from reference.models import AdministrativeUnit


def hold(office: Office, communes: list[AdministrativeUnit]) -> Event:
    """Three events (counted, to be counted, to come), and cards for the first."""
    met, _uncounted, _coming = (
        _event(office, communes[n], days) for n, days in enumerate((0, -7, 14))
    )
    # Without the fonts nothing can be printed; the rest is there all the same.
    with contextlib.suppress(pdf.FontsMissing):
        _hand_out_cards(office, met)
    return actions.change_event(
        event=met, by=office.coordinator, women=231, men=160, not_said=9
    )


def _event(office: Office, commune: AdministrativeUnit, days: int) -> Event:
    return actions.add_event(
        by=office.coordinator,
        held_on=clock.today() + dt.timedelta(days=days),
        title="Ngày hội nhà trọ an toàn (thử)",
        commune=commune,
        place="Nhà văn hoá thôn Mẫu",
        partners="Hội Phụ nữ xã, Công đoàn (thử)",
    )


def _hand_out_cards(office: Office, event: Event) -> None:
    officer = office.print_officer
    store, hall = (
        actions.add_place(name=name, by=officer, commune=event.commune)
        for name in ("Văn phòng Hội (thử)", "Nhà văn hoá thôn Mẫu")
    )
    card = Edition.objects.current().filter(
        volume__handbook="card", volume__language="vi"
    )
    for edition in card.select_related("volume__handbook"):
        actions.print_edition(edition=edition)
    for source in EditionFile.objects.to_order().filter(format="a4", edition__in=card):
        run = actions.order_run(source=source, copies=500, by=officer, event=event)
        actions.receive(run=run, place=store, copies=500, by=officer)
        actions.move(run=run, from_place=store, to_place=hall, copies=400, by=officer)
        actions.hand_out(
            event=event, run=run, from_place=hall, copies=380, by=office.coordinator
        )
        actions.order_run(source=source, copies=1000, by=officer)
