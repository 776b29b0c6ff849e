from core import jobs
from handbooks import actions
from handbooks.models import Edition, PrintRun


@jobs.task(actions.PRINTING, priority=jobs.LATER)
def print_edition(edition):
    """Every format of a published edition; what is ready stays as it is."""
    found = Edition.objects.published().select_related("volume__handbook")
    if edition := found.filter(pk=edition).first():
        actions.print_edition(edition=edition)


@jobs.task(actions.STAMPING, priority=jobs.LATER)
def stamp_run(run):
    """The file of an order; what is made stays as it is."""
    if found := PrintRun.objects.filter(pk=run).first():
        actions.stamp_run(run=found)
