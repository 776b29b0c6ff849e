"""The addresses under /api/v1/. Each room registers its viewsets in its own api.py."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("", include("inspections.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
