from certificates import actions
from certificates.models import Certificate, Print
from core import jobs


@jobs.task("certificates.print")
def print_forms(certificate):
    """Both printed forms, so that nobody waits for them later."""
    certificate = Certificate.objects.get(pk=certificate)
    for form in Print.Format.values:
        actions.make_print(certificate=certificate, form=form)
