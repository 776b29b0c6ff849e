from core import jobs
from handbooks import actions
from handbooks.models import Edition


@jobs.task(actions.PRINTING, priority=jobs.LATER)
def print_edition(edition):
    """Every format of a published edition; what is ready stays as it is."""
    found = Edition.objects.published().select_related("volume__handbook")
    if edition := found.filter(pk=edition).first():
        actions.print_edition(edition=edition)
