import pytest
from django.core.management import call_command

from handbooks.models import Section
from tests.handbooks.factories import (
    HandbookFactory,
    RevisionFactory,
    VolumeFactory,
    publish,
)
from tests.inspections.factories import DraftVersionFactory, PublishedVersionFactory
from tests.reference.shipped import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    load_reference()
    call_command("load_checklist", verbosity=0)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/checklist/", "Nhà vững chắc: tường không nứt rộng"),
        ("/en/checklist/", "The house stands firm: no wide cracks"),
    ],
)
def test_checklist_is_read_by_everybody(client, published, path, words):
    answer = client.get(path)

    page = answer.content.decode()
    assert words in page
    assert page.count('class="check"') == 68
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_checklist_cites_the_law(client, published):
    page = client.get("/checklist/").content.decode()

    assert "Điều 20 Luật 55/2024/QH15" in page


def test_checklist_takes_three_queries(client, published, django_assert_num_queries):
    # the version, the law, where the handbook says more
    with django_assert_num_queries(3):
        client.get("/checklist/")


def test_checklist_leads_to_where_the_handbook_explains_an_item(client, published):
    volume = VolumeFactory(handbook=HandbookFactory(slug="landlords"))
    Section.objects.create(
        handbook=volume.handbook, slug="way-out", order=1, items=["FIR-01"]
    )
    RevisionFactory(section=Section.objects.get())
    publish(volume)

    page = client.get("/checklist/").content.decode()

    assert page.count("/handbooks/landlords/way-out/#way-out--fir-01") == 1


@pytest.mark.parametrize("factory", [DraftVersionFactory, PublishedVersionFactory])
def test_checklist_of_another_kind_or_a_draft_is_not_shown(client, factory):
    factory()

    assert client.get("/checklist/").status_code == 404
