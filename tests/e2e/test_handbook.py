"""A handbook on the phone: read with thumbs or keys, in light and dark."""

import pytest
from playwright.sync_api import expect

from tests.barriers import barriers
from tests.e2e.screens import OFFICE, PHONE, photograph
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    make_ready,
    publish,
    rewrite,
    volume_with,
)
from tests.handbooks.test_editions import cover_of
from tests.reference.factories import (
    LegalReferenceFactory,
    PilotCommuneFactory,
    TariffFactory,
    TariffTierFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
EVERYTHING = """\
Một đoạn **đậm** và *nghiêng*, [xem khoá](section:muc-2), [luật nói](law:law-x).

## Các khung

::: advice
Nên làm.
:::

::: warning
Cẩn thận.
:::

::: law law-x
Bạn đăng ký tạm trú.
:::

::: steps
1. **Hô to.** Gõ cửa từng phòng để gọi mọi người dậy, rồi cùng ra ngoài.
2. Gọi [114](tel:114).
:::

::: tick
- Cửa khoá được từ bên trong và mở được ngay bằng tay, không phải tìm chìa.
- Có đèn.
:::

::: picture two-ways-out
Hai lối ra.
:::

### Giá

::: prices electricity
Giá điện.
:::

::: example electricity kwh=60 people=2 charged=4000
Hai bạn ở chung.
:::

::: phones
- 113 | Công an | khi có người đe doạ
- 1900 969 680 | Ngôi nhà Bình yên | khi bị bạo lực; có tính tiền
:::

::: words
- CT01: tờ khai thay đổi thông tin cư trú
:::

::: item STR-01
**Mái không dột.** Lợp lại.
:::

| Ai | Làm gì |
|---|---|
| Bạn | đăng ký |
"""

# By itself it would wait for ever for one that could not be installed.
WORKER_IS_READY = """Promise.race([navigator.serviceWorker.ready,
    new Promise((_, fail) => setTimeout(fail, 10000, "no worker"))])"""
LARGE_LETTERS = PHONE // 2  # as wide as a phone whose letters are twice as large


@pytest.fixture
def edition():
    law = LegalReferenceFactory(key="law-x")
    tariff = TariffFactory(reference=law)
    TariffTierFactory(tariff=tariff)
    TariffTierFactory(tariff=tariff, number=2, above=50, up_to=None, price=2050)
    volume = volume_with("Lối thoát khi cháy", "Khoá và chìa", "Có chuyện thì gọi ai")
    rewrite(volume, "muc-1", EVERYTHING)
    edition = publish(volume)
    make_ready(edition)
    return edition


def test_section_has_no_barriers_and_fits_every_screen(live_server, page, edition):
    page.goto(f"{live_server.url}/handbooks/workers/muc-1/")

    assert barriers(page) == []
    widths = [LARGE_LETTERS, PHONE, OFFICE]
    assert photograph(page, "handbook-section", widths) == widths


def test_other_pages_have_no_barriers(live_server, page, edition):
    publish(volume_with("The way out", volume=EnglishVolumeFactory()))
    cover_of(PilotCommuneFactory())
    rewrite(edition.volume, "muc-2", "Mới.\n")
    publish(edition.volume)
    paths = [
        "/handbooks/",
        "/en/handbooks/",
        "/handbooks/workers/",
        "/handbooks/search/?q=khoa",
        "/handbooks/search/?q=zzz",
        "/handbooks/check/WORKERS-VI-1/",
    ]

    for path in paths:
        page.goto(live_server.url + path)
        name = path.strip("/").replace("/", "-").split("?")[0]

        assert (path, barriers(page)) == (path, [])
        assert photograph(page, f"handbook-{name}", [PHONE]) == [PHONE]


def test_what_was_read_is_there_without_a_network(live_server, page, context, edition):
    page.goto(f"{live_server.url}/handbooks/workers/muc-1/")
    page.evaluate(WORKER_IS_READY)
    page.reload()
    context.set_offline(True)

    page.reload()
    again = page.locator("h1").inner_text()
    page.goto(f"{live_server.url}/handbooks/workers/muc-3/")
    never_read = page.locator("h1").inner_text()

    context.set_offline(False)
    assert (again, never_read) == ("Lối thoát khi cháy", "Không có mạng")


def test_phone_with_a_voice_reads_aloud(live_server, page, edition):
    page.goto(f"{live_server.url}/handbooks/workers/muc-2/")
    assert not page.locator("[data-aloud]").is_visible()
    page.add_init_script("""
        window.said = [];
        const speech = { getVoices: () => [{ lang: "vi-VN", localService: true }],
          addEventListener() {}, speak: (one) => said.push(one.text), cancel() {} };
        Object.defineProperty(window, "speechSynthesis", { value: speech });
        window.SpeechSynthesisUtterance = class extends EventTarget {
          constructor(text) { super(); this.text = text; } };
    """)
    page.reload()

    page.get_by_role("button", name="Nghe đọc").click()

    assert page.evaluate("said.slice(0, 3)") == [
        "Khoá và chìa",
        "Biết lối ra trước khi ngủ.",
        "Đi thử hai lối ra ngay hôm dọn đến.",
    ]
    page.get_by_role("button", name="Dừng đọc").click()
    expect(page.get_by_role("button", name="Nghe đọc")).to_be_visible()
