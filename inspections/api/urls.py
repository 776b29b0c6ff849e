from django.urls import path, register_converter
from rest_framework.routers import SimpleRouter

from inspections.api import reading, recovery, tablet, uploads

register_converter(uploads.Sha256Converter, "sha256")

router = SimpleRouter()
router.register("checklists", reading.VersionViewSet)
router.register("visits", reading.VisitViewSet)
router.register("findings", reading.FindingViewSet)

urlpatterns = [
    *router.urls,
    path("tablet/day/", tablet.DayView.as_view(), name="tablet-day"),
    path(
        "tablet/<uuid:tablet>/recovery/",
        recovery.RecoveryView.as_view(),
        name="tablet-recovery",
    ),
    path("tablet/houses/", tablet.HousesView.as_view(), name="tablet-houses"),
    path(
        "tablet/houses/<slug:number>/",
        tablet.HouseView.as_view(),
        name="tablet-house",
    ),
    path("visits/<uuid:id>/pack", tablet.PackView.as_view(), name="visit-pack"),
    path(
        "visits/<uuid:id>/uploads/<sha256:sha256>",
        uploads.UploadView.as_view(),
        name="visit-upload",
    ),
    path(
        "checklists/<slug:checklist>/<int:number>/document/",
        tablet.ChecklistDocumentView.as_view(),
        name="checklist-document",
    ),
]
