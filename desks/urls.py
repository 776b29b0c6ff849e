"""The first pages of those who sign in; mounted at the top."""

from django.urls import path

from desks.views import landlord

app_name = "desks"

urlpatterns = [
    path("landlord/", landlord.home, name="landlord"),
]
