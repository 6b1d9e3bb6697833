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
    columns = [meta.get_field(name).column for name in fields] + [field.column for field in others]  # type: ignore[union-attr]  # fields of the table
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*row, *rest])


def update_rows(model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Change rows by one statement; each begins with its primary key, the rest is in the order of the fields."""
    meta = model._meta  # noqa: SLF001 — public but by its name
    columns = [meta.pk, *(meta.get_field(name) for name in fields)]
    names = [field.column for field in columns]  # type: ignore[union-attr]  # fields of the table
    # An identity column's own type cannot be cast to.
    types = ["bigint", *(field.db_type(connection) for field in columns[1:])]  # type: ignore[union-attr]
    statement = sql.SQL("UPDATE {} AS t SET {} FROM unnest({}) AS v ({}) WHERE t.{} = v.{}").format(
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(
            sql.SQL("{} = v.{}").format(sql.Identifier(name), sql.Identifier(name)) for name in names[1:]
        ),
        sql.SQL(", ").join(sql.SQL(f"%s::{kind}[]") for kind in types),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.Identifier(names[0]),
        sql.Identifier(names[0]),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
