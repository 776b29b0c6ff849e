from certificates.models.certificates import Certificate
from certificates.models.decisions import Decision
from certificates.models.keeping import NumberSeries, RevokedKey
from certificates.models.prints import Print
from certificates.models.status import CertificateQuerySet, Status
from certificates.models.suspensions import Suspension
from certificates.models.waiting import (
    Undecided,
    chain_of,
    newer_results,
    unsettled_under,
    waiting_results,
    waiting_submissions,
)

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "Decision",
    "NumberSeries",
    "Print",
    "RevokedKey",
    "Status",
    "Suspension",
    "Undecided",
    "chain_of",
    "newer_results",
    "unsettled_under",
    "waiting_results",
    "waiting_submissions",
]
