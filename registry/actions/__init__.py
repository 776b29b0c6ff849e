from registry.actions.houses import (
    begin_house,
    change_house,
    register_house,
    set_fees,
    withdraw_house,
)
from registry.actions.landlords import become_landlord, change_landlord, show_contact
from registry.actions.photos import add_photo, move_photo, remove_photo
from registry.actions.rooms import (
    add_room,
    add_rooms,
    change_rent,
    change_room,
    set_vacancy,
    withdraw_room,
)

__all__ = [
    "add_photo",
    "add_room",
    "add_rooms",
    "become_landlord",
    "begin_house",
    "change_house",
    "change_landlord",
    "change_rent",
    "change_room",
    "move_photo",
    "register_house",
    "remove_photo",
    "set_fees",
    "set_vacancy",
    "show_contact",
    "withdraw_house",
    "withdraw_room",
]
