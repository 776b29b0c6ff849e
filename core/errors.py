from django.db import InterfaceError, InternalError, OperationalError

READ_ONLY = "25006"  # of PostgreSQL: no writing now, as on a server that stands by


def database_is_away(error: BaseException | None) -> bool:
    """Whether it is no bug of ours: the database is gone, full, or takes no writes."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError)


class Refused(Exception):
    """An act that the rules do not allow now. Shown to the user; never a bug.

    `code` is stable and for programs, `message` is for people. `status` is the HTTP status
    of the API's answer, which also holds the `details`.
    """

    status = 409

    def __init__(
        self, code: str, message: str, *, status: int = 409, **details: object
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.details = details
