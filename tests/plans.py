"""How PostgreSQL answers the queries of a piece of code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def plans() -> Iterator[list[str]]:
    """Collect the plan of every SELECT and UPDATE that runs inside, in order."""
    collected: list[str] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip().startswith(("SELECT", "UPDATE", "WITH")) and "set_config" not in sql:
            context["cursor"].execute(f"EXPLAIN {sql}", params)
            collected.append("\n".join(row[0] for row in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield collected
