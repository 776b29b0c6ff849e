"""This room's pages for the office, the landlord and everybody; and pictures."""

from django.urls import path

from inspections.views import (
    checklist,
    findings,
    landlord,
    pictures,
    repairs,
    rescue,
    ties,
    uploads,
    versions,
    visits,
)

app_name = "inspections"

urlpatterns = [
    path("checklist/", checklist.checklist, name="checklist"),
    path("landlord/findings/<int:pk>/", landlord.finding, name="finding"),
    path("office/visits/", visits.visits, name="visits"),
    path("office/visits/again/", visits.follow_ups, name="follow_ups"),
    path("office/visits/plan/", visits.choose, name="choose_house"),
    path("office/visits/plan/<str:number>/", visits.plan, name="plan"),
    path("office/visits/<uuid:pk>/", visits.visit, name="visit"),
    path(
        "office/visits/<uuid:pk>/withdrawal/",
        visits.withdraw,
        name="visit_withdrawal",
    ),
    path("office/findings/", findings.findings, name="findings"),
    path("office/findings/<int:pk>/waiver/", findings.waive, name="waiver"),
    path("office/repairs/", repairs.repairs, name="repairs"),
    path("office/repairs/<int:pk>/", repairs.repair, name="repair"),
    path("office/checklists/", versions.versions, name="versions"),
    path(
        "office/checklists/<int:pk>/<slug:act>/",
        versions.change,
        name="version_change",
    ),
    path("office/uploads/", uploads.uploads, name="uploads"),
    path("office/rescue/", rescue.rescue, name="rescue"),
    path("office/ties/", ties.ties, name="ties"),
]

# Mounted at the top, in no language.
pictures_of_visits = [
    path("evidence/<uuid:pk>/<slug:size>", pictures.evidence, name="evidence"),
    path("repairs/<int:pk>/<slug:size>", pictures.repair, name="repair_photo"),
]
