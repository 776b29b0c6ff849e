from core import jobs
from inspections import actions


@jobs.task("inspections.develop_photos")
def develop_photos(submission):
    actions.develop_photos(submission_id=submission)
