import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from certificates import pdf
from certificates.models import Certificate, Print
from core.models import record


@transaction.atomic
def make_print(*, certificate: Certificate, form: str) -> Print:
    """The PDF of a certificate, made when first asked for and the same bytes ever after.

    Whoever asks meanwhile waits at the row and gets what the first one made.
    """
    certificate = (
        Certificate.objects.select_for_update(of=["self"], no_key=True)
        .select_related("room__house")
        .get(pk=certificate.pk)
    )
    if there := certificate.prints.filter(format=form).first():
        return there
    content = pdf.made(certificate, form)
    made = Print(
        certificate=certificate,
        format=form,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    made.file.save(f"{certificate.number}-{form}.pdf", ContentFile(content), save=False)
    made.full_clean()
    made.save()
    record(
        "certificate.printed",
        certificate,
        under=certificate.room.house,
        by=None,
        number=certificate.number,
        format=form,
        sha256=made.sha256,
    )
    return made
