"""Every page of the editors' desk has no barriers, and a book is read with keys alone."""

import pytest

from handbooks import actions
from handbooks.models import Section
from tests.barriers import barriers
from tests.e2e.desk import sign_in
from tests.e2e.screens import OFFICE, PHONE
from tests.e2e.test_handbook import EVERYTHING
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    PictureFactory,
    RevisionFactory,
    editor,
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

DESK = "/office/handbooks/"
SECTION = f"{DESK}workers/vi/sections/muc-1/"
PAGES = [
    *(DESK, f"{DESK}alarms/", f"{DESK}pictures/", f"{DESK}pictures/anh/"),
    *(f"{DESK}covers/", f"{DESK}workers/vi/", f"{DESK}workers/vi/new-section/"),
    *(f"{DESK}workers/vi/order/", f"{DESK}workers/vi/words/"),
    *(f"{DESK}workers/vi/editions/", f"{DESK}editions/WORKERS-VI-1/"),
    *(f"{DESK}editions/WORKERS-VI-2/", SECTION, f"{SECTION}history/"),
    *(f"{SECTION}history/2/", f"{SECTION}withdrawal/", f"{SECTION}draft/discard/"),
    f"/en{DESK}workers/en/sections/muc-1/",
]

# Polled from here: the pages forbid code that is made of words.
AT_THE_END = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"


@pytest.fixture
def volume():
    """The first section has every block, a law that ends, a comment, a translation."""
    law = LegalReferenceFactory(key="law-x")
    tariff = TariffFactory(reference=law)
    TariffTierFactory(tariff=tariff)
    TariffTierFactory(tariff=tariff, number=2, above=50, up_to=None, price=2050)
    volume = volume_with("Lối thoát khi cháy", "Khoá và chìa", "Có chuyện thì gọi ai")
    rewrite(volume, "muc-1", EVERYTHING)
    return volume


def with_work(volume, person):
    """What stands on an editor's desk: marks of all kinds on its pages."""
    section = Section.objects.get(slug="muc-1")
    text = section.text_in("vi")
    english = EnglishVolumeFactory(handbook=volume.handbook).language
    RevisionFactory(section=section, language=english, follows=text)
    make_ready(publish(volume))
    rewrite(volume, "muc-1", f"{EVERYTHING}\nThêm một câu.\n")
    actions.propose_edition(volume=volume, by=editor())
    actions.comment(
        section=section, language=volume.language, by=person, text="Rõ hơn nhé."
    )
    actions.save_draft(
        section=section,
        language=volume.language,
        by=person,
        title="Lối thoát",
        summary="",
        body="# Sai\n",
        base=section.text_in("vi"),
    )
    cover_of(PilotCommuneFactory(), logo=PictureFactory(name="anh"))


def test_no_page_of_the_desk_has_a_barrier(live_server, page, client, volume):
    person = editor()
    with_work(volume, person)
    sign_in(page, live_server, client, person)
    page.set_viewport_size({"width": OFFICE, "height": 800})
    found, wide = {}, {}

    for path in PAGES:
        assert page.goto(live_server.url + path).status == 200
        found[path] = barriers(page)
        wide[path] = page.evaluate("document.documentElement.scrollWidth")

    assert found == {path: [] for path in PAGES}
    assert wide == dict.fromkeys(PAGES, OFFICE)


def pressed_to(page, selector, most=80):
    """Tab until an element has the focus; each on the way shows that it has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        reached, ring = page.evaluate(
            """selector => {
                const now = document.activeElement;
                const style = getComputedStyle(now);
                const ring = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
                return [now.matches(selector), ring];
            }""",
            selector,
        )
        assert ring, page.evaluate("document.activeElement.outerHTML")
        if reached:
            return
    pytest.fail(f"{selector} is not reached")


def test_whole_book_is_read_with_keys_alone(live_server, page, volume):
    publish(volume)
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"{live_server.url}/handbooks/")
    read = []

    pressed_to(page, "a[href='#content']")
    page.keyboard.press("Enter")
    pressed_to(page, "a[href$='/handbooks/workers/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/handbooks/workers/")
    pressed_to(page, "a[href$='/muc-1/']")
    page.keyboard.press("Enter")
    for slug in ("muc-1", "muc-2", "muc-3"):
        page.wait_for_url(f"**/handbooks/workers/{slug}/")
        read.append(page.locator("h1").inner_text())
        page.keyboard.press("End")
        for _ in range(40):
            if page.evaluate(AT_THE_END):
                break
            page.wait_for_timeout(50)
        else:
            pytest.fail("the end of the page is not reached")
        if slug != "muc-3":
            pressed_to(page, "a[rel=next]")
            page.keyboard.press("Enter")

    assert read == ["Lối thoát khi cháy", "Khoá và chìa", "Có chuyện thì gọi ai"]


def test_words_are_found_with_keys_alone(live_server, page, volume):
    publish(volume)
    page.goto(f"{live_server.url}/handbooks/")

    pressed_to(page, "#q")
    page.keyboard.type("chia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=chia")
    pressed_to(page, "a[href$='/muc-2/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/muc-2/")

    assert page.locator("h1").inner_text() == "Khoá và chìa"
