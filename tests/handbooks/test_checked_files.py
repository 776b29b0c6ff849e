"""Each fault of a printed file is found, and a good one has none."""

import io

import pikepdf
import pytest

from core import pdf
from handbooks.printing.checking import look_over

TABLE = (
    "<table><thead><tr><th scope=col>Số</th><th scope=col>Tiền</th></tr></thead>"
    "<tbody><tr><th scope=row>1</th><td>2</td></tr></tbody></table>"
)


@pytest.fixture(scope="module")
def good():
    return pdf.render(
        "<html lang=vi><title>Thử</title><h1>Thử</h1><h2>Hai</h2><p>Chữ</p>"
        f'<img src="icon:key" alt="Chìa khoá"><a href="tel:113">Gọi <b>113</b></a>{TABLE}'
    )


def broken(content, change):
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        target = io.BytesIO()
        document.save(target)
    return look_over(target.getvalue()).problems


def no_descriptions(document):
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure":
            del found["/Alt"]


def no_font_files(document):
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary):
            for name in ("/FontFile2", "/FontFile3"):
                if name in found:
                    del found[name]


def elements(document, kind):
    found = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
    return [one for one in found if one.get("/S") == kind]


def no_headings_of_cells(document):
    for cell in elements(document, "/TD"):
        del cell.A["/Headers"]


def no_second_heading(document):
    for heading in elements(document, "/H2"):
        heading.S = pikepdf.Name.H3


def no_letters(document):
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found:
            del found["/ToUnicode"]


def no_words_of_links(document):
    for link in document.pages[0].Annots:
        link.Contents = pikepdf.String(" ")


def no_tags_of_links(document):
    for link in document.pages[0].Annots:
        del link["/StructParent"]


def no_metadata(document):
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["pdfuaid:part"]


FAULTS = {
    "It does not say its language.": lambda d: d.Root.__delitem__("/Lang"),
    "It has no title.": lambda d: d.docinfo.__delitem__("/Title"),
    "It is not marked as tagged.": lambda d: d.Root.__delitem__("/MarkInfo"),
    "It has no bookmarks.": lambda d: d.Root.__delitem__("/Outlines"),
    "It has no tags.": lambda d: d.Root.__delitem__("/StructTreeRoot"),
    "It does not say that it is PDF/UA-1.": no_metadata,
    "A picture has no description.": no_descriptions,
    "A cell of a table does not say what its headings are.": no_headings_of_cells,
    "A heading H3 comes after an H1.": no_second_heading,
    "Page 1 has a link without words.": no_words_of_links,
    "Page 1 has a link that is not in the tree of tags.": no_tags_of_links,
    "Page 1 has links without an order for the keyboard.": (
        lambda d: d.pages[0].obj.__delitem__("/Tabs")
    ),
    "Page 1 is not in the tree of tags.": (
        lambda d: d.pages[0].obj.__delitem__("/StructParents")
    ),
}


def test_good_file_has_no_problems(good):
    assert look_over(good).problems == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_of_a_file_is_found(good, fault):
    assert broken(good, FAULTS[fault]) == (fault,)


def test_font_that_is_not_embedded_is_found(good):
    problems = broken(good, no_font_files)

    assert problems
    assert all(one.startswith("The font /") for one in problems)


def test_font_without_its_letters_is_found(good):
    problems = broken(good, no_letters)

    assert problems
    assert all(one.endswith(" says no letters.") for one in problems)


def test_link_is_heard_by_its_words(good):
    with pikepdf.open(io.BytesIO(good)) as document:
        link, *_ = document.pages[0].Annots

        assert str(link.Contents) == "Gọi 113"
