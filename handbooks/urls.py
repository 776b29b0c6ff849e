"""The handbooks to read, for everybody; and the editors' desk."""

from django.urls import include, path, register_converter

from handbooks import stock_urls
from handbooks.addresses import BookConverter
from handbooks.views import asked, checking, files, offline, playing, reading, searching

register_converter(BookConverter, "book")

app_name = "handbooks"

urlpatterns = [
    path("office/handbooks/", include("handbooks.office_urls")),
    path("office/", include("handbooks.quiz_urls")),
    path("office/print-runs/", include(stock_urls.print_runs)),
    path("office/events/", include(stock_urls.held_events)),
    path("handbooks/", reading.shelf, name="shelf"),
    path("handbooks/sw.js", offline.worker, name="worker"),
    path("handbooks/offline/", offline.nothing_kept, name="offline"),
    path("handbooks/search/", searching.search, name="search"),
    path("handbooks/questions/", asked.questions, name="questions"),
    path("handbooks/questions/<int:pk>/", asked.question, name="question"),
    path("handbooks/check/", checking.ask, name="ask"),
    path("handbooks/check/<str:code>/", checking.check, name="check"),
    path("quiz/<str:code>/", playing.quiz, name="quiz"),
    path("quiz/<str:code>/answers/", playing.answers, name="quiz-answers"),
    path("handbooks/pictures/<int:pk>-<slug:sha256>", files.picture, name="picture"),
    path("handbooks/<book:book>.pdf", files.printed, name="printed"),
    path("handbooks/<book:book>/", reading.book, name="book"),
    path("handbooks/<book:book>/<slug:slug>/", reading.section, name="section"),
]
