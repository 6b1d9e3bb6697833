"""Paging and searching in tables of millions of rows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import OperationalError, connection
from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coop4canada.kit.db import planning

# With an index at hand no table of millions is read as a whole, however common the planner takes what is looked for to be;
# with little memory an index would only name pages, and every row on them would be looked at.
BY_INDEX = {"enable_seqscan": "off", "work_mem": "64MB"}


@dataclass(frozen=True)
class Search:
    """The condition that a typed text stands for, and a sentence on how it was understood; empty if that is plain."""

    condition: Q
    note: str = ""


class CappedPaginator(Paginator[Any]):
    """Pages through millions of rows without ever counting them all; what lies further on is found by searching."""

    most = 10_000
    patience = "300ms"

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self.estimate, self.most)

    @cached_property
    def estimate(self) -> int:
        """How many rows there are: exact up to `most`; beyond it the planner's estimate for all, `most` + 1 for some.

        Also `most` + 1 where counting so far would take too long.
        """
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # admin pages through nothing else
        if not rows.query.where:
            estimate = _estimated_size(rows.query.get_meta().db_table)
            if estimate > self.most:
                return estimate
        try:
            with planning(statement_timeout=self.patience, **BY_INDEX):
                return rows.order_by().values("pk")[: self.most + 1].count()
        except OperationalError:
            # Many rows of which few fit: as good as very many, and the page is there.
            return self.most + 1

    @property
    def count_text(self) -> str:
        """How many rows there are, in words; more than can be paged through are not counted."""
        if self.estimate <= self.most:
            return str(number_format(self.estimate, force_grouping=True))
        if self.estimate == self.most + 1:
            return _("too many to count")
        return _("about %(count)s") % {"count": number_format(_rounded(self.estimate), force_grouping=True)}


def _estimated_size(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])


def _rounded(number: int) -> int:
    """Return a number with two digits that matter: an estimate is no more exact."""
    unit: int = 10 ** max(0, len(str(number)) - 2)
    return round(number / unit) * unit
