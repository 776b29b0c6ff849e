"""The editors' desk, under /office/handbooks/."""

from django.urls import path

from handbooks.views.office import (
    alarms,
    books,
    covers,
    editions,
    history,
    pictures,
    writing,
)

VOLUME = "<slug:book>/<slug:language>/"
SECTION = f"{VOLUME}sections/<slug:slug>/"
EDITION = "editions/<slug:code>/"

urlpatterns = [
    path("", books.office, name="office"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("pictures/", pictures.pictures, name="pictures"),
    path("pictures/<slug:name>/", pictures.description, name="description"),
    path("covers/", covers.covers, name="covers"),
    path("covers/<int:pk>/end/", covers.cover_end, name="cover-end"),
    path(EDITION, editions.edition, name="edition"),
    path(f"{EDITION}<slug:form>.pdf", editions.edition_file, name="edition-file"),
    path(f"{EDITION}publication/", editions.publication, name="publication"),
    path(f"{EDITION}return/", editions.returning, name="return"),
    path(
        f"{EDITION}withdrawal/", editions.edition_withdrawal, name="edition-withdrawal"
    ),
    path(f"{EDITION}cover/", editions.with_cover, name="with-cover"),
    path(VOLUME, books.book, name="office-book"),
    path(f"{VOLUME}new-section/", books.new_section, name="new-section"),
    path(f"{VOLUME}order/", books.order, name="order"),
    path(f"{VOLUME}languages/", books.languages, name="languages"),
    path(f"{VOLUME}words/", books.words, name="words"),
    path(f"{VOLUME}editions/", editions.editions, name="editions"),
    path(SECTION, writing.edit, name="edit"),
    path(f"{SECTION}draft/", writing.draft, name="draft"),
    path(f"{SECTION}draft/discard/", writing.discard, name="discard"),
    path(f"{SECTION}preview/", writing.preview, name="preview"),
    path(f"{SECTION}paper/", writing.paper, name="paper"),
    path(f"{SECTION}facts/", writing.facts, name="facts"),
    path(f"{SECTION}comments/", writing.comments, name="comments"),
    path(
        f"{SECTION}comments/<int:pk>/settlement/", writing.settlement, name="settlement"
    ),
    path(f"{SECTION}withdrawal/", books.withdrawal, name="section-withdrawal"),
    path(f"{SECTION}history/", history.history, name="history"),
    path(f"{SECTION}history/<int:number>/", history.difference, name="difference"),
    path(
        f"{SECTION}history/<int:number>/restoration/",
        history.restoration,
        name="restoration",
    ),
]
