import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role
from core.errors import Refused
from core.models import Event
from inspections.actions import (
    claim_repair,
    return_submission,
    verify_repair,
    waive,
)
from inspections.models import (
    Finding,
    Repair,
    Return,
    RoomResult,
    Submission,
    Verification,
)
from tests.accounts.factories import staff
from tests.inspections.factories import (
    CriticalFindingFactory,
    FindingFactory,
    SubmissionFactory,
)
from tests.registry.factories import RoomFactory, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return staff(Role.REVIEWER)


def claimed(finding, note="Đã lắp khoá"):
    return claim_repair(finding=finding, note=note, by=finding.house.landlord.user)


def test_claim_repair_keeps_the_photo_encoded_anew():
    finding = FindingFactory()

    repair = claim_repair(
        finding=finding, photo=io.BytesIO(jpeg()), by=finding.house.landlord.user
    )

    assert repair.small.size > 0
    assert repair.large.size > 0
    assert Finding.objects.with_status().get().status == "repair_claimed"
    assert Event.objects.under(finding.house).first().kind == "repair.claimed"


def test_claim_repair_needs_something_to_look_at():
    with pytest.raises(Refused) as refused:
        claimed(FindingFactory(), note="")

    assert refused.value.code == "nothing_shown"


def test_claim_repair_refuses_what_is_no_picture():
    finding = FindingFactory()

    with pytest.raises(ValidationError):
        claim_repair(
            finding=finding, photo=io.BytesIO(b"x"), by=finding.house.landlord.user
        )


def test_claim_repair_waits_for_the_answer():
    finding = FindingFactory()
    claimed(finding)

    with pytest.raises(Refused) as refused:
        claimed(finding)

    assert refused.value.code == "already_claimed"


def test_verified_repair_closes_the_finding(reviewer):
    finding = FindingFactory()

    verify_repair(repair=claimed(finding), result="fixed", by=reviewer)

    finding.refresh_from_db()
    assert (finding.closed_how, finding.closed_by) == ("fixed", reviewer)


def test_repair_not_yet_good_is_claimed_again(reviewer):
    finding = FindingFactory()

    verify_repair(
        repair=claimed(finding), result="not_fixed", note="Chưa thấy khoá", by=reviewer
    )

    assert Finding.objects.open().get() == finding
    assert claimed(finding).pk


def test_repair_not_yet_good_needs_a_note(reviewer):
    with pytest.raises(ValidationError):
        verify_repair(repair=claimed(FindingFactory()), result="not_fixed", by=reviewer)


def test_critical_finding_needs_a_visit(reviewer):
    repair = claimed(CriticalFindingFactory())

    with pytest.raises(Refused) as refused:
        verify_repair(repair=repair, result="fixed", by=reviewer)

    assert refused.value.code == "needs_visit"
    assert verify_repair(repair=repair, result="not_fixed", note="Mờ", by=reviewer).pk


def test_repair_is_verified_once(reviewer):
    repair = claimed(FindingFactory())
    verify_repair(repair=repair, result="not_fixed", note="Mờ", by=reviewer)

    with pytest.raises(Refused) as refused:
        verify_repair(repair=repair, result="fixed", by=reviewer)

    assert refused.value.code == "already_verified"


def test_waived_finding_says_why(reviewer):
    finding = FindingFactory()

    waive(finding=finding, because="Không còn giếng", by=reviewer)

    finding.refresh_from_db()
    assert (finding.closed_how, finding.closed_because) == ("waived", "Không còn giếng")


@pytest.mark.parametrize(
    ("factory", "because", "code"),
    [
        (FindingFactory, " ", "no_reason"),
        (CriticalFindingFactory, "Không cần", "needs_visit"),
    ],
)
def test_waive_is_refused(reviewer, factory, because, code):
    with pytest.raises(Refused) as refused:
        waive(finding=factory(), because=because, by=reviewer)

    assert refused.value.code == code


def test_settled_finding_is_left_alone(reviewer):
    finding = FindingFactory()
    waive(finding=finding, because="Không còn giếng", by=reviewer)

    with pytest.raises(Refused) as refused:
        claimed(finding)

    assert refused.value.code == "closed"


# --- returning ---------------------------------------------------------------------------


def test_return_submission_asks_for_the_next_revision(reviewer):
    submission = SubmissionFactory()

    return_submission(submission=submission, note="Xem lại lối thoát", by=reviewer)

    state = submission.visit._meta.model.objects.with_state().get().state
    assert state == "returned"
    assert Event.objects.under(submission.visit.house).first().kind == "visit.returned"


def test_return_submission_once(reviewer):
    submission = SubmissionFactory()
    return_submission(submission=submission, note="Xem lại", by=reviewer)

    with pytest.raises(Refused) as refused:
        return_submission(submission=submission, note="Xem lại", by=reviewer)

    assert refused.value.code == "not_newest"


def test_return_submission_only_the_newest(reviewer):
    first = SubmissionFactory()
    SubmissionFactory(visit=first.visit, revision=2)

    with pytest.raises(Refused) as refused:
        return_submission(submission=first, note="Xem lại", by=reviewer)

    assert refused.value.code == "not_newest"


def test_return_submission_needs_a_note(reviewer):
    with pytest.raises(ValidationError):
        return_submission(submission=SubmissionFactory(), note="", by=reviewer)


# --- what the database itself refuses ----------------------------------------------------


def a_submission():
    return SubmissionFactory()


def a_return():
    return Return.objects.create(
        submission=SubmissionFactory(), note="Xem lại", by=staff(Role.REVIEWER)
    )


def a_result():
    submission = SubmissionFactory()
    return RoomResult.objects.create(
        submission=submission,
        room=RoomFactory(house=submission.visit.house),
        outcome="certify",
        overall=100,
        security=100,
        women=100,
    )


def a_verification():
    finding = FindingFactory()
    repair = Repair.objects.create(finding=finding, by=finding.house.landlord.user)
    return Verification.objects.create(
        finding=finding, repair=repair, result="fixed", by=staff(Role.REVIEWER)
    )


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (a_submission, {"sha256": "0" * 64}),
        (a_submission, {"document": {}}),
        (a_return, {"note": "khác"}),
        (a_result, {"outcome": "refuse"}),
        (a_verification, {"result": "not_fixed", "note": "x"}),
    ],
)
def test_database_never_changes_what_was_recorded(make, change):
    rows = type(make())._default_manager.all()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(**change)


@pytest.mark.parametrize("make", [a_submission, a_return, a_result, a_verification])
def test_database_never_deletes_what_was_recorded(make):
    rows = type(make())._default_manager.all()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows._raw_delete("default")


def test_database_keeps_one_accepted_submission_a_revision():
    first = SubmissionFactory()

    with pytest.raises(IntegrityError, match="one_per_revision"):
        SubmissionFactory(visit=first.visit)


def test_database_gives_a_receipt_to_what_is_accepted_only():
    with pytest.raises(IntegrityError, match="accepted_has_receipt"):
        SubmissionFactory(receipt="")


def test_database_keeps_an_open_finding_once():
    first = FindingFactory()

    with pytest.raises(IntegrityError, match="open_once"), transaction.atomic():
        FindingFactory(submission=first.submission)

    assert Submission.objects.count() == 1
