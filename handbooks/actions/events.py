"""Events: written down before they are held, counted afterwards."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock
from core.models import record
from core.text import nfc
from handbooks.models import Event


@transaction.atomic
def add_event(*, by: User, **facts: Any) -> Event:
    """`facts` are the fields of an event, as its form has them."""
    event = _filled(Event(made_by=by, made_at=clock.now()), facts)
    record("event.added", event, by=by, held_on=event.held_on)
    return event


@transaction.atomic
def change_event(*, event: Event, by: User, **facts: Any) -> Event:
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    before = {name: getattr(event, name) for name in facts}
    event = _filled(event, facts)
    changed = sorted(name for name in facts if getattr(event, name) != before[name])
    record("event.changed", event, by=by, fields=changed)
    return event


def _filled(event: Event, facts: dict[str, Any]) -> Event:
    for name, value in facts.items():
        setattr(event, name, nfc(value.strip()) if isinstance(value, str) else value)
    event.full_clean()
    event.save()
    return event
