from certificates.actions.decide import decide, decide_as_the_rules_say
from certificates.actions.ending import lift, revoke, suspend
from certificates.actions.keys import revoke_key
from certificates.actions.printing import make_print
from certificates.actions.returning import send_back
from certificates.actions.settling import settle

__all__ = [
    "decide",
    "decide_as_the_rules_say",
    "lift",
    "make_print",
    "revoke",
    "revoke_key",
    "send_back",
    "settle",
    "suspend",
]
