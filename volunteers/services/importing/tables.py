"""Writing many rows at once. Django's own ways take minutes for what PostgreSQL does in seconds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

BATCH = 2000


def copy_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows by COPY; what is not named gets the field's default."""
    meta = model._meta  # noqa: SLF001 — public but by its name
    others = [
        field for field in meta.concrete_fields if field.attname not in fields and not field.primary_key
    ]
    rest = [field.get_db_prep_save(field.get_default(), connection) for field in others]
    columns = [_column(model, name) for name in fields] + [str(field.column) for field in others]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(meta.db_table), _named(columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*row, *rest])


def update_rows(model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Change rows by one statement; each begins with its primary key `id`, the rest is in the order of the fields."""
    meta = model._meta  # noqa: SLF001 — public but by its name
    columns = [_column(model, name) for name in fields]
    # An identity column's own type cannot be cast to.
    types = ["bigint", *(str(meta.get_field(name).db_type(connection)) for name in fields)]  # type: ignore[union-attr]  # fields of the table
    changes: list[sql.Composable] = [
        sql.SQL("{} = v.{}").format(sql.Identifier(column), sql.Identifier(column)) for column in columns
    ]
    arrays: list[sql.Composable] = [sql.SQL("%s::{}[]").format(sql.SQL(kind)) for kind in types]
    statement = sql.SQL("UPDATE {} AS t SET {} FROM unnest({}) AS v ({}) WHERE t.id = v.id").format(
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(changes),
        sql.SQL(", ").join(arrays),
        _named(["id", *columns]),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def _column(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]  # noqa: SLF001 — fields of the table


def _named(columns: Sequence[str]) -> sql.Composed:
    names: list[sql.Composable] = [sql.Identifier(column) for column in columns]
    return sql.SQL(", ").join(names)
