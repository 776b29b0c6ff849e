"""How a state looks: its pictogram, the meaning of its colour, its word.

A state is never colour alone. The keys are what models store; the codes of severity are
those of the checklist.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Look(NamedTuple):
    icon: str
    colour: str  # ok, wait, stop or quiet
    word: str


CERTIFICATE = {
    "valid": Look("check", "ok", _("Valid")),
    "conditional": Look("clock", "wait", _("Valid with conditions")),
    "suspended": Look("warning", "wait", _("Suspended")),
    "expired": Look("calendar", "quiet", _("Expired")),
    "revoked": Look("cross", "stop", _("Revoked")),
    "superseded": Look("document", "quiet", _("Replaced by a newer one")),
    "not_yet_valid": Look("calendar", "quiet", _("Not yet valid")),
    "withdrawn": Look("cross", "quiet", _("No longer let")),
    "unknown": Look("cross", "stop", _("Does not exist")),
}
SEVERITY = {
    "K": Look("flame", "stop", _("Urgent")),
    "N": Look("warning", "stop", _("Serious")),
    "T": Look("clock", "wait", _("Medium")),
    "L": Look("info", "quiet", _("Minor")),
}
FINDING = {
    "open": Look("warning", "wait", _("To be repaired")),
    "repair_claimed": Look("camera", "wait", _("Repair reported")),
    "fixed": Look("check", "ok", _("Repaired")),
    "overdue": Look("clock", "stop", _("Overdue")),
    "waived": Look("info", "quiet", _("No longer asked for")),
    "corrected": Look("info", "quiet", _("Corrected")),
}
VISIT = {
    "planned": Look("calendar", "quiet", _("Planned")),
    "draft": Look("pencil", "quiet", _("Draft")),
    "received": Look("document", "wait", _("Received by the registry")),
    "submitted": Look("document", "wait", _("Received by the registry")),
    "returned": Look("arrow-left", "wait", _("Sent back")),
    "accepted": Look("check", "ok", _("Accepted")),
    "voided": Look("cross", "quiet", _("Void")),
    "cancelled": Look("cross", "quiet", _("Cancelled")),
}
REGISTRATION = {
    "registered": Look("check", "ok", _("Registered")),
    "in_review": Look("clock", "wait", _("In review")),
    "refused": Look("cross", "stop", _("Refused")),
    "withdrawn": Look("cross", "quiet", _("Withdrawn")),
    "free": Look("door", "ok", _("Free now")),
    "full": Look("lock", "quiet", _("Full")),
}
TEXT = {
    "lit": Look("warning", "stop", _("The law changes")),
    "ending": Look("calendar", "wait", _("Ends soon")),
    "missing": Look("pencil", "wait", _("Not written yet")),
    "behind": Look("sync", "wait", _("Behind the original")),
    "new": Look("plus", "wait", _("New, not published")),
    "changed": Look("pencil", "wait", _("Changed, not published")),
    "as_published": Look("check", "ok", _("As published")),
}
EDITION = {
    "prepared": Look("people", "wait", _("Waits for a colleague")),
    "published": Look("check", "ok", _("Edition published")),
}
QUESTION = {
    "asked": Look("message", "wait", _("Waits for an answer")),
    "answered": Look("check", "quiet", _("Answered")),
    "in_handbook": Look("book", "ok", _("In the web handbook")),
}
QUIZ = {
    "quiz_open": Look("check", "ok", _("Can be played")),
    "quiz_over": Look("lock", "quiet", _("Is over")),
}
PRINT_RUN = {
    "ordered": Look("clock", "wait", _("Ordered")),
    "partly": Look("clock", "wait", _("Arrived in part")),
    "arrived": Look("check", "ok", _("Arrived")),
    "holds": Look("check", "ok", _("Still right")),
    "reprint": Look("warning", "stop", _("Reprint needed")),
    "discard": Look("cross", "stop", _("Do not hand out")),
}
STATES = (
    CERTIFICATE
    | SEVERITY
    | FINDING
    | VISIT
    | REGISTRATION
    | TEXT
    | EDITION
    | QUESTION
    | QUIZ
    | PRINT_RUN
)
