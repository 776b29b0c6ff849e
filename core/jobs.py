"""Work done later by the worker, kept in the database by the act that asks for it.

A room's tasks live in its tasks.py, which the worker finds by that name. An act defers
them by name, inside its transaction: no commit, no job. A task may run twice; it looks at
what is there before it does anything.
"""

import json
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

LATER = -1  # priority of what can wait until the worker looks by itself, some seconds


def task(
    name: str, *, attempts: int = 8, priority: int = 0
) -> Callable[[Callable], Callable]:
    """Make a function a task. It fails by raising and is tried again after 4, 16, 64 s…"""
    retry = RetryStrategy(max_attempts=attempts, exponential_wait=4)
    return app.task(name=name, retry=retry, priority=priority)


def every_hour(name: str, *, minute: int) -> Callable[[Callable], Callable]:
    """Make a function without arguments a task that the worker does by itself."""

    def scheduled(function: Callable[[], object]) -> Callable[[], object]:
        def at(timestamp: int) -> None:
            function()

        periodic: Any = app.periodic(cron=f"{minute} * * * *")
        periodic(task(name)(at))
        return function

    return scheduled


def defer(name: str, **arguments: Any) -> None:
    """Ask for a task once the present transaction is committed; arguments are JSON."""
    try:
        app.configure_task(name).defer(**arguments)
    except ConnectorException as error:
        raise OperationalError(str(error)) from error


def deferred(name: str, arguments: str) -> str:
    """SQL that asks for a task within a statement; `arguments` is SQL that makes a jsonb.

    For what is done many times a second and can wait: nobody wakes the worker. `defer`
    says the same of a task with the priority LATER.
    """
    return (
        "procrastinate_defer_jobs_v1(ARRAY[ROW("
        f"'default', '{name}', {LATER}, NULL, NULL, {arguments}, NULL"
        ")::procrastinate_job_to_defer_v1])"
    )


def run_waiting(only: str | None = None) -> int:
    """Do here and now what waits, within the present transaction; for tests and demo data.

    `only` is the name of the one task to do. Returns how many were done. What fails
    raises: nobody is there to try again.
    """
    done = 0
    while job := _next(only):
        app.tasks[job["task_name"]].func(**job["args"])
        done += 1
    return done


def forget(name: str) -> int:
    """Take back what waits under a name: work that its page also does when it is asked.

    For demo data, which would keep the worker busy for many minutes. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s",
            [name],
        )
        return cursor.rowcount


def _next(only: str | None) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM procrastinate_jobs WHERE id = (
                SELECT id FROM procrastinate_jobs
                WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
                    AND task_name = coalesce(%s, task_name)
                ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
            ) RETURNING task_name, args::text""",
            [only],
        )
        row = cursor.fetchone()
    return row and {"task_name": row[0], "args": json.loads(row[1])}
