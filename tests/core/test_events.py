import pytest
from django.db import IntegrityError, transaction

from core.models import Event, record
from reference.models import AdministrativeUnit


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(kind="other"),
        lambda: Event.objects.all().delete(),
    ],
)
def test_event_is_never_changed(change):
    event = record("test.done", AdministrativeUnit(code="00001"), by=None)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()

    assert Event.objects.get().kind == event.kind
