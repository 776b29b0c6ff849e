from inspections.actions.arriving import checklist_of
from inspections.actions.checklists import (
    load_checklist,
    new_draft,
    publish_version,
    retire_version,
)
from inspections.actions.developing import develop_photos, sweep_packs
from inspections.actions.opening import receive_sealed
from inspections.actions.planning import (
    current_version,
    declare_tie,
    plan_visit,
    withdraw_visit,
)
from inspections.actions.receiving import Received, receive_pack
from inspections.actions.repairs import claim_repair, verify_repair, waive
from inspections.actions.rescuing import Taken, import_rescue
from inspections.actions.returning import return_submission
from inspections.actions.settling import differences_to_choose, settle_differences
from inspections.actions.uploading import (
    begin_upload,
    complete_upload,
    find_upload,
    sweep_uploads,
    take_part,
)
from inspections.actions.whole import take_whole

__all__ = [
    "Received",
    "Taken",
    "begin_upload",
    "checklist_of",
    "claim_repair",
    "complete_upload",
    "current_version",
    "declare_tie",
    "develop_photos",
    "differences_to_choose",
    "find_upload",
    "import_rescue",
    "load_checklist",
    "new_draft",
    "plan_visit",
    "publish_version",
    "receive_pack",
    "receive_sealed",
    "retire_version",
    "return_submission",
    "settle_differences",
    "sweep_packs",
    "sweep_uploads",
    "take_part",
    "take_whole",
    "verify_repair",
    "waive",
    "withdraw_visit",
]
