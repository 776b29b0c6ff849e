"""The landlord's pages of her houses and rooms, mounted under /landlord/; and pictures."""

from django.urls import path

from registry.views import houses, landlords, photos, rooms, steps

app_name = "registry"

urlpatterns = [
    path("start/", landlords.start, name="start"),
    path("person/", landlords.person, name="person"),
    path("contact/", landlords.contact, name="contact"),
    path("communes/", steps.communes, name="communes"),
    path("houses/", houses.houses, name="houses"),
    path("houses/new/", steps.new, name="house_new"),
    path("houses/<str:number>/", houses.house, name="house"),
    path("houses/<str:number>/address/", steps.address, name="house_address"),
    path("houses/<str:number>/place/", steps.place, name="house_place"),
    path("houses/<str:number>/facts/", steps.facts, name="house_facts"),
    path("houses/<str:number>/fees/", steps.fees, name="house_fees"),
    path("houses/<str:number>/rooms/", steps.rooms, name="house_rooms"),
    path("houses/<str:number>/photos/", photos.of_house, name="house_photos"),
    path("houses/<str:number>/review/", steps.review, name="house_review"),
    path("houses/<str:number>/withdrawal/", houses.withdraw, name="house_withdrawal"),
    path("houses/<str:number>/rooms/add/", rooms.add, name="room_add"),
    path("houses/<str:number>/rooms/run/", rooms.add_run, name="room_run"),
    path("rooms/<str:code>/", rooms.room, name="room"),
    path("rooms/<str:code>/change/", rooms.change, name="room_change"),
    path("rooms/<str:code>/rent/", rooms.rent, name="room_rent"),
    path("rooms/<str:code>/vacancy/", rooms.vacancy, name="room_vacancy"),
    path("rooms/<str:code>/withdrawal/", rooms.withdraw, name="room_withdrawal"),
    path("rooms/<str:code>/photos/", photos.of_room, name="room_photos"),
    path("photos/<int:pk>/removal/", photos.remove, name="photo_removal"),
    path("photos/<int:pk>/position/", photos.move, name="photo_position"),
]

# Mounted at the top, in no language.
pictures = [
    path("photos/<int:pk>/<slug:key>/<slug:size>", photos.photo, name="photo"),
]
