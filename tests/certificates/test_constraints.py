import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from certificates.models import (
    Certificate,
    Decision,
    Print,
    RevokedKey,
    Suspension,
)
from core import clock
from tests.accounts.factories import UserFactory
from tests.certificates.factories import (
    CertificateFactory,
    DecisionFactory,
    ReceivedVisitFactory,
    SuspensionFactory,
)
from tests.inspections.factories import SubmissionFactory
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


def refused(what):
    """The name of the constraint, or the message of the trigger, that refused."""

    def do():
        with transaction.atomic():
            what()

    with pytest.raises(IntegrityError) as caught:
        do()
    diagnosis = caught.value.__cause__.diag
    return diagnosis.constraint_name or diagnosis.message_primary


def test_room_is_decided_once_a_submission():
    decision = DecisionFactory()

    again = refused(
        lambda: DecisionFactory(room=decision.room, submission=decision.submission)
    )

    assert again == "certificates_decision_once"


def test_inspector_cannot_decide():
    submission = SubmissionFactory()
    room = RoomFactory(house=submission.visit.house)

    assert (
        refused(
            lambda: DecisionFactory(
                room=room, submission=submission, decided_by=submission.visit.inspector
            )
        )
        == "certificates_decision_four_eyes"
    )


def test_another_inspector_cannot_be_named():
    submission = SubmissionFactory()
    room = RoomFactory(house=submission.visit.house)

    assert (
        refused(
            lambda: DecisionFactory(
                room=room,
                submission=submission,
                inspected_by=UserFactory(),
                decided_by=submission.visit.inspector,
            )
        )
        == "certificates_decision_inspected_by"
    )


def test_submission_that_was_not_accepted_cannot_be_decided():
    submission = SubmissionFactory(accepted=False, receipt="")
    room = RoomFactory(house=submission.visit.house)

    assert (
        refused(lambda: DecisionFactory(room=room, submission=submission))
        == "certificates_decision_inspected_by"
    )


def test_room_of_another_house_cannot_be_decided():
    assert (
        refused(
            lambda: DecisionFactory(room=RoomFactory(), submission=SubmissionFactory())
        )
        == "certificates_decision_inspected_by"
    )


def test_refusal_needs_reasons():
    assert (
        refused(lambda: DecisionFactory(outcome="refuse"))
        == "certificates_decision_refusal_has_reasons"
    )


@pytest.mark.parametrize("conditional", [True, False])
def test_certificate_says_what_was_decided(conditional):
    other = {True: "certify", False: "conditional"}[conditional]

    assert (
        refused(
            lambda: CertificateFactory(conditional=conditional, decision__outcome=other)
        )
        == "certificates_certificate_as_decided"
    )


def test_certificate_is_of_the_room_decided():
    decision = DecisionFactory()

    assert (
        refused(lambda: CertificateFactory(room=RoomFactory(), decision=decision))
        == "certificates_certificate_as_decided"
    )


def test_room_has_one_certificate_at_a_time():
    certificate = CertificateFactory(period=DateRange(TODAY, dt.date(2027, 11, 21)))
    visit = ReceivedVisitFactory(house=certificate.room.house)

    def another():
        submission = SubmissionFactory(visit=visit)
        return CertificateFactory(
            room=certificate.room,
            decision__submission=submission,
            period=DateRange(dt.date(2027, 11, 20), dt.date(2028, 11, 21)),
        )

    assert refused(another) == "certificates_certificate_one_valid_per_room"
    Certificate.objects.update(
        revoked_at=clock.now(), revoked_by=UserFactory(), revoked_because="Cấp nhầm."
    )
    assert another().pk


@pytest.mark.parametrize(
    "period",
    [
        DateRange(TODAY, TODAY),
        DateRange(None, TODAY),
        DateRange(TODAY, None),
    ],
)
def test_period_of_a_certificate_has_two_ends(period):
    assert (
        refused(lambda: CertificateFactory(period=period))
        == "certificates_certificate_period_is_bounded"
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (
            {"revoked_at": clock.now()},
            "certificates_certificate_revoked_at_and_by",
        ),
        (
            {"superseded_at": clock.now()},
            "certificates_certificate_superseded_at_and_by",
        ),
    ],
)
def test_moment_and_person_go_together(change, constraint):
    CertificateFactory()

    assert refused(lambda: Certificate.objects.update(**change)) == constraint


def test_revocation_needs_a_reason():
    CertificateFactory()
    revocation = {"revoked_at": clock.now(), "revoked_by": UserFactory()}

    assert (
        refused(lambda: Certificate.objects.update(**revocation))
        == "certificates_certificate_revoked_because"
    )


FROZEN = "a certificate is frozen: it may be revoked once and replaced once"


@pytest.mark.parametrize(
    "change",
    [
        {"words": {"vi": "khác"}},
        {"code": "22222222"},
        {"period": DateRange(TODAY, dt.date(2040, 1, 1))},
        {"conditional": True},
        {"women_mark": True},
        {"number": "1"},
        {"issued_at": clock.now()},
    ],
)
def test_certificate_is_frozen(change):
    CertificateFactory()

    assert refused(lambda: Certificate.objects.update(**change)) == FROZEN


def test_certificate_is_revoked_once():
    CertificateFactory()
    revocation = {"revoked_at": clock.now(), "revoked_by": UserFactory()}
    Certificate.objects.update(**revocation, revoked_because="Cấp nhầm.")

    def update(**change):
        return refused(lambda: Certificate.objects.update(**change))

    assert update(revoked_because="Lý do khác.") == FROZEN
    assert update(revoked_at=None, revoked_by=None, revoked_because="") == FROZEN


def test_certificate_is_replaced_once():
    old, new, newest = (CertificateFactory() for _ in range(3))
    rows = Certificate.objects.filter(pk=old.pk)
    rows.update(superseded_at=clock.now(), superseded_by=new)

    assert refused(lambda: rows.update(superseded_by=newest)) == FROZEN


@pytest.mark.parametrize(
    ("make", "model"),
    [
        (DecisionFactory, Decision),
        (CertificateFactory, Certificate),
        (SuspensionFactory, Suspension),
        (
            lambda: RevokedKey.objects.create(key_id="K1", because="Lộ khoá."),
            RevokedKey,
        ),
        (
            lambda: Print.objects.create(
                certificate=CertificateFactory(), format="a5", file="x.pdf", sha256="0"
            ),
            Print,
        ),
    ],
)
def test_nothing_is_deleted(make, model):
    row = make()

    # By the queryset's own SQL, which asks no Python.
    delete = model.objects.filter(pk=row.pk)._raw_delete
    message = refused(lambda: delete("default"))

    assert message == f"{model._meta.db_table} is append-only"


def test_decision_and_print_are_never_changed():
    certificate = CertificateFactory()
    Print.objects.create(certificate=certificate, format="a5", file="x", sha256="0")

    said = [
        refused(lambda: Decision.objects.update(reasons="khác")),
        refused(lambda: Print.objects.update(sha256="1")),
    ]

    assert said == [
        "certificates_decision is append-only",
        "certificates_print is append-only",
    ]


def test_certificate_is_suspended_once_at_a_time():
    suspension = SuspensionFactory()

    assert (
        refused(lambda: SuspensionFactory(certificate=suspension.certificate))
        == "certificates_suspension_one_at_a_time"
    )


def lifted(suspension):
    return {
        "period": DateTimeTZRange(suspension.period.lower, clock.now()),
        "lifted_by": UserFactory(),
        "lifted_because": "Đã sửa.",
    }


@pytest.mark.parametrize("missing", ["period", "lifted_by", "lifted_because"])
def test_lifting_needs_moment_person_and_reason(missing):
    change = lifted(SuspensionFactory())
    del change[missing]

    assert (
        refused(lambda: Suspension.objects.update(**change))
        == "certificates_suspension_open_or_lifted"
    )


def test_suspension_needs_a_reason():
    assert (
        refused(lambda: SuspensionFactory(because=""))
        == "certificates_suspension_has_reason"
    )


def test_suspension_is_lifted_once_and_else_never_changed():
    suspension = SuspensionFactory()
    again = "a suspension may only be lifted, once"

    assert refused(lambda: Suspension.objects.update(because="khác")) == again
    Suspension.objects.update(**lifted(suspension))
    assert refused(lambda: Suspension.objects.update(lifted_because="khác")) == again
