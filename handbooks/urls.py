"""The handbooks to read, for everybody."""

from django.urls import path

from handbooks.views import checking, files, reading, searching

app_name = "handbooks"

urlpatterns = [
    path("handbooks/", reading.shelf, name="shelf"),
    path("handbooks/search/", searching.search, name="search"),
    path("handbooks/check/<str:code>/", checking.check, name="check"),
    path("handbooks/pictures/<int:pk>-<slug:sha256>", files.picture, name="picture"),
    path("handbooks/<slug:book>.pdf", files.printed, name="printed"),
    path("handbooks/<slug:book>/", reading.book, name="book"),
    path("handbooks/<slug:book>/<slug:slug>/", reading.section, name="section"),
]
