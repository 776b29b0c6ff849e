"""The landlord's findings and the office's repairs; and pictures of both."""

from django.urls import path

from inspections.views import landlord, pictures, repairs

app_name = "inspections"

urlpatterns = [
    path("landlord/findings/<int:pk>/", landlord.finding, name="finding"),
    path("office/repairs/", repairs.repairs, name="repairs"),
    path("office/repairs/<int:pk>/", repairs.repair, name="repair"),
]

# Mounted at the top, in no language.
pictures_of_visits = [
    path("evidence/<uuid:pk>/<slug:size>", pictures.evidence, name="evidence"),
    path("repairs/<int:pk>/<slug:size>", pictures.repair, name="repair_photo"),
]
