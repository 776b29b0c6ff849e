"""The outbox of a dead tablet, as a file, on another one."""

import pytest

from inspections.models import Submission
from tests.drills import holding

WORDS = "mưa rơi trên mái tôn"


def save(pad, words, path):
    pad.page.evaluate("hands.go('#/rescue')")
    pad.page.get_by_label("Cụm từ bí mật").fill(words)
    pad.page.get_by_role("button", name="Làm tệp").click()
    with pad.page.expect_download() as download:
        pad.page.get_by_role("link", name="Lưu tệp").click()
    download.value.save_as(path)


def take(pad, path, words):
    """What the tablet says of it."""
    page = pad.page
    page.evaluate("hands.go('#/')")
    page.evaluate("hands.go('#/rescue/in')")
    page.set_input_files("#file", path)
    page.get_by_label("Cụm từ bí mật").fill(words)
    page.get_by_role("button", name="Đọc tệp").click()
    said = page.locator("[role=status] .notice, [role=alert]:visible").first
    said.wait_for()
    return said.inner_text()


@pytest.mark.drill(12)
def test_rescue_file_to_another_tablet(tablet, plan, line, media, tmp_path):
    visits = plan(count=2)
    pad = tablet(visits[0].inspector)
    pad.prepare(visits)
    other = tablet(plan()[0].inspector)
    other.prepare([])
    line.goes_down()
    packed = {}
    for visit in visits:
        pad.do(visit, house=2, size=[1000, 750, 10])
        packed |= pad.finish()
    whole, damaged, foreign = (
        tmp_path / name for name in ("whole", "damaged", "foreign")
    )
    save(pad, WORDS, whole)
    pad.close()
    content = bytearray(whole.read_bytes())
    content[-1000] ^= 1
    damaged.write_bytes(content)
    foreign.write_bytes(b"PK" + content[2:])

    assert "không phải do máy của sổ đăng ký" in take(other, foreign, WORDS)
    assert "cụm từ bí mật không đúng" in take(other, whole, "mưa rơi trên mái ngói")
    assert other.kept()["packs"] == []
    said = take(other, damaged, WORDS)
    assert "Đã nhận 1 lượt thăm" in said
    assert "KHÔNG đọc được vì tệp bị hỏng hoặc bị cụt: 1 (" in said
    said = take(other, whole, WORDS)
    assert "Đã nhận 1 lượt thăm" in said
    assert "Đã có trên máy này: 1" in said
    line.comes_back()
    other.waits_for_receipts(2)

    holding.check(packed, media, other.receipts())
    sent = Submission.objects.filter(visit__in=visits)
    assert {each.sent_by for each in sent} == {visits[0].inspector}
    pad.open()
    pad.waits_for_receipts(2)
    assert pad.receipts() == other.receipts()
