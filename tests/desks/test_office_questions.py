"""Questions of events that wait, on the office's first page."""

import pytest

from accounts.models import Role
from tests.desks.test_office import block, enter
from tests.handbooks.test_questions import answer, in_handbook, keep

pytestmark = pytest.mark.django_db


def test_editor_sees_what_she_can_answer_or_approve(client):
    hoa = enter(client, Role.EDITOR)
    asked = keep("Chưa trả lời?")
    colleague = answer(keep("Chờ người thứ hai?"))
    answer(keep("Chính mình trả lời?"), by=hoa)
    answer(keep("Chỉ trả lời thôi?"), is_proposed=False)
    in_handbook("Xong rồi?")

    found = block(client, "questions")

    assert [row.title for row in found.rows] == [asked.words, colleague.words]
    assert [row.state for row in found.rows] == ["asked", "prepared"]
