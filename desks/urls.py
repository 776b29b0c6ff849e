"""The first pages of those who sign in; mounted at the top."""

from django.urls import path

from desks.views import landlord, office

app_name = "desks"

urlpatterns = [
    path("landlord/", landlord.home, name="landlord"),
    path("office/", office.home, name="office"),
    path("office/houses/", office.houses, name="houses"),
    path("office/houses/<str:number>/", office.house, name="house"),
]
