from reference.models.former import FormerUnit, Succession
from reference.models.law import LegalReference
from reference.models.prices import Tariff, TariffTier, plain_tariff
from reference.models.units import AdministrativeUnit
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
    "plain_tariff",
]
