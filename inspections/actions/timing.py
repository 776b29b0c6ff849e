"""When a visit ended by the registry's clock, told by a tablet whose own may be wrong.

How far it was off is measured twice: by the tablet at its last contact before the visit
ended, and by the registry when the visit is sent. A clock may be set in between.
"""

import datetime as dt
from typing import Any, NamedTuple

Json = dict[str, Any]
SKEW_FLAGGED = dt.timedelta(minutes=5)
FURTHEST_OFF = dt.timedelta(days=36_500)  # no device says more by accident


class DeviceClock(NamedTuple):
    ahead: dt.timedelta | None  # the difference that counts; None: never measured
    finished_at: dt.datetime  # by the registry's clock
    was_set: bool  # what was measured does not hold for the whole time in between


def clock_of(
    document: Json, sending: dt.timedelta | None, now: dt.datetime
) -> DeviceClock:
    """`sending` is the difference that the registry measures now, if the tablet told.

    That of the visit counts, for the later one tells only of the clock as it is then;
    unless the visit would have ended before that contact or in the future, so that the
    clock was set before the end, and the later one fits.
    """
    told = time(document["finished_at"])
    if sending and abs(sending) > FURTHEST_OFF:
        sending = None
    if "clock" not in document:
        return DeviceClock(sending, told - (sending or dt.timedelta()), False)
    visit = dt.timedelta(milliseconds=document["clock"]["ahead_ms"])
    contact = time(document["clock"]["measured_at"])

    def fits(ahead: dt.timedelta) -> bool:
        return contact - SKEW_FLAGGED <= told - ahead <= now + SKEW_FLAGGED

    if fits(visit) or sending is None or not fits(sending):
        differ = sending is not None and abs(sending - visit) > SKEW_FLAGGED
        at = told - visit if fits(visit) else max(told - visit, contact)
        return DeviceClock(visit, at, differ or not fits(visit))
    return DeviceClock(sending, told - sending, True)


def time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
