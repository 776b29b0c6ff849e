from inspections.models.checklists import ChecklistVersion, Item
from inspections.models.findings import Finding, Repair, Verification
from inspections.models.results import EvidencePhoto, RoomResult
from inspections.models.settlements import Settlement
from inspections.models.submissions import Return, Submission
from inspections.models.uploads import Upload
from inspections.models.visits import Tie, Visit

__all__ = [
    "ChecklistVersion",
    "EvidencePhoto",
    "Finding",
    "Item",
    "Repair",
    "Return",
    "RoomResult",
    "Settlement",
    "Submission",
    "Tie",
    "Upload",
    "Verification",
    "Visit",
]
