from reference.models.law import LegalReference
from reference.models.prices import Tariff, TariffTier
from reference.models.units import AdministrativeUnit, FormerUnit, Succession
from reference.models.workplaces import Gate, Workplace

__all__ = [
    "AdministrativeUnit",
    "FormerUnit",
    "Gate",
    "LegalReference",
    "Succession",
    "Tariff",
    "TariffTier",
    "Workplace",
]
