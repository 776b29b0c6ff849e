"""The addresses under /api/v1/. Each room registers its viewsets in its own api.py."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from certificates import api as certificates
from core.views import api_docs
from lookup import api as lookup
from reference import api as reference
from registry import api as registry

router = SimpleRouter()
router.register("communes", reference.CommuneViewSet)
router.register("workplaces", reference.WorkplaceViewSet)
router.register("legal-references", reference.LegalReferenceViewSet)
router.register("tariffs", reference.TariffViewSet)
router.register("houses", registry.HouseViewSet)
router.register("rooms", registry.RoomViewSet)
router.register("certificates", certificates.CertificateViewSet)
router.register("decisions", certificates.DecisionViewSet)

urlpatterns = [
    path("", include("inspections.api.urls")),
    *router.urls,
    path("lookup/rooms/", lookup.rooms, name="lookup-rooms"),
    path(
        "lookup/certificates/<str:code>/",
        lookup.certificate,
        name="lookup-certificate",
    ),
    path("certificate-keys/", certificates.certificate_keys, name="certificate-keys"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", api_docs.docs, name="api-docs"),
]
