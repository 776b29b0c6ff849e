from registry.forms.houses import (
    AddressForm,
    FactsForm,
    FeeFormSet,
    PlaceForm,
)
from registry.forms.landlords import (
    BecomeLandlordForm,
    DraftWithdrawalForm,
    PersonForm,
    WithdrawalForm,
)
from registry.forms.rooms import (
    CostForm,
    FreeFromForm,
    PhotosForm,
    RentForm,
    RoomForm,
    RunForm,
)

__all__ = [
    "AddressForm",
    "BecomeLandlordForm",
    "CostForm",
    "DraftWithdrawalForm",
    "FactsForm",
    "FeeFormSet",
    "FreeFromForm",
    "PersonForm",
    "PhotosForm",
    "PlaceForm",
    "RentForm",
    "RoomForm",
    "RunForm",
    "WithdrawalForm",
]
