"""A person with her roles, asked in one statement: for what is asked many times a second."""

import json

from accounts.models import Membership, User
from core import statements
from reference.models import AdministrativeUnit

_FIELDS = [field.attname for field in User._meta.concrete_fields]
_WHO = f"""
SELECT (SELECT json_agg(json_build_array(m.id, m.role, m.everywhere,
        (SELECT json_agg(c.administrativeunit_id)
         FROM {Membership.communes.through._meta.db_table} c
         WHERE c.membership_id = m.id)))
     FROM {Membership._meta.db_table} m
     WHERE m.user_id = u.id AND m.ended_at IS NULL)::text,
    {", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)}
FROM {User._meta.db_table} u WHERE u.id = %(pk)s
"""  # noqa: S608  (no value is put into it)


def ask(pk: int) -> User | None:
    """Whether she is active or not; her roles in force count only if she is."""
    row = statements.ask(_WHO, {"pk": pk})
    if row is None:
        return None
    held, *columns = row
    user = User.from_db("default", _FIELDS, columns)
    if user.is_active:
        user._memberships_in_force = [
            _membership(*each) for each in json.loads(held or "[]")
        ]
    return user


def _membership(
    pk: int, role: str, everywhere: bool, communes: list[str] | None
) -> Membership:
    membership = Membership.from_db(
        "default", ["id", "role", "everywhere"], [pk, role, everywhere]
    )
    membership._prefetched_objects_cache = {
        "communes": [
            AdministrativeUnit.from_db("default", ["code"], [code])
            for code in communes or ()
        ]
    }
    return membership
