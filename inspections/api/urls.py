from django.urls import path
from rest_framework.routers import SimpleRouter

from inspections.api import reading, tablet

router = SimpleRouter()
router.register("checklists", reading.VersionViewSet)
router.register("visits", reading.VisitViewSet)
router.register("findings", reading.FindingViewSet)

urlpatterns = [
    *router.urls,
    path("tablet/day/", tablet.DayView.as_view(), name="tablet-day"),
    path(
        "tablet/houses/<slug:number>/",
        tablet.HouseView.as_view(),
        name="tablet-house",
    ),
    path("visits/<uuid:id>/pack", tablet.PackView.as_view(), name="visit-pack"),
    path(
        "checklists/<slug:checklist>/<int:number>/document/",
        tablet.ChecklistDocumentView.as_view(),
        name="checklist-document",
    ),
]
