from django.urls import path

from inspections.api import tablet

urlpatterns = [
    path("tablet/day/", tablet.DayView.as_view(), name="tablet-day"),
    path("visits/<uuid:id>/pack", tablet.PackView.as_view(), name="visit-pack"),
    path(
        "checklists/<slug:checklist>/<int:number>/document/",
        tablet.ChecklistDocumentView.as_view(),
        name="checklist-document",
    ),
]
