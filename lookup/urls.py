from django.urls import path

from lookup import views

app_name = "lookup"

urlpatterns = [
    path("", views.rooms, name="home"),
    path("rooms/", views.rooms, name="rooms"),
    path("rooms/<str:code>/", views.room, name="room"),
    path("rooms/<str:code>/contact/", views.contact, name="contact"),
    path("c/", views.check, name="check"),
    path("c/<str:code>/", views.certificate, name="certificate"),
    path("photos/<int:pk>-<slug:sha256>/<slug:size>", views.photo, name="photo"),
]
