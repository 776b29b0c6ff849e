from registry.models.houses import Fee, House
from registry.models.landlords import Landlord
from registry.models.photos import Photo
from registry.models.rooms import Room
from registry.models.tariffs import cost_rows, tariffs_of

__all__ = [
    "Fee",
    "House",
    "Landlord",
    "Photo",
    "Room",
    "cost_rows",
    "tariffs_of",
]
