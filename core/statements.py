"""Statements that are asked many times a second: prepared once a connection, and sent
straight to the driver. Everything else goes through models.
"""

from typing import Any

import psycopg
from django.db import OperationalError, connection, connections


def ask(statement: str, arguments: dict[str, Any]) -> tuple | None:
    """The first row of a question. Asked again once if the connection turns out dead."""
    try:
        return tell(statement, arguments)
    except OperationalError:
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return tell(statement, arguments)


def tell(statement: str, arguments: dict[str, Any]) -> tuple | None:
    """The first row of what a statement returns; a transaction of its own if none is on."""
    database = connections["default"]
    database.ensure_connection()
    driver = database.connection
    driver.prepare_threshold = 0  # Django wants none prepared: None
    try:
        with database.wrap_database_errors:
            row = psycopg.Cursor(driver).execute(statement, arguments).fetchone()
    finally:
        driver.prepare_threshold = None
    if database.queries_logged:  # tests count what is asked
        database.queries_log.append({"sql": statement, "time": ""})
    return row
