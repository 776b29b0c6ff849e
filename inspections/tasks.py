from core import jobs
from inspections import actions


@jobs.task("inspections.develop_photos", priority=jobs.LATER)
def develop_photos(submission):
    actions.develop_photos(submission_id=submission)


@jobs.every_hour("inspections.sweep", minute=17)
def sweep():
    """What a crash, a cut line or a lost tablet left."""
    actions.sweep_packs()
    actions.sweep_uploads()
