"""Who did what with polls and money: one list out of every place where it is written down, newest first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from polls.models import Contribution, LedgerEntry, PollMove, ProjectMove, Refund
from supporters.models import ExportLog

MOST = 100


@dataclass(frozen=True)
class Deed:
    """Something that somebody did; `who` is empty where the platform did it by its rules."""

    at: dt.datetime
    who: str
    what: str


def audit_trail(*, before: dt.datetime | None = None, most: int = MOST) -> tuple[Deed, ...]:
    """Return the newest deeds before a moment; those of one moment are never torn apart by the end of the list."""
    deeds = sorted(_deeds(before, most), key=lambda deed: (deed.at, deed.what), reverse=True)
    if len(deeds) <= most:
        return tuple(deeds)
    last = deeds[most - 1].at
    return tuple(deed for place, deed in enumerate(deeds) if place < most or deed.at == last)


def _deeds(before: dt.datetime | None, most: int) -> Iterator[Deed]:
    for row in _newest(ProjectMove.objects.select_related("by"), "at", before, most):
        states = f"{row.get_from_state_display()} → {row.get_to_state_display()}"
        yield _deed(
            row.at,
            row.by,
            _("Project %(pk)s: %(states)s") % {"pk": row.project_id, "states": states},
            row.reason,
        )
    for row in _newest(PollMove.objects.select_related("by"), "at", before, most):
        told = {"pk": row.poll_id, "state": row.get_to_state_display()}
        yield _deed(row.at, row.by, _("Poll %(pk)s: %(state)s") % told, row.reason)
    for row in _newest(LedgerEntry.objects.filter(by__isnull=False).select_related("by"), "at", before, most):
        told = {"kind": row.get_kind_display(), "key": row.key}
        yield _deed(row.at, row.by, _("Booked: %(kind)s (%(key)s)") % told, row.memo)
    for row in _newest(
        LogEntry.objects.filter(content_type__app_label="polls").select_related("user", "content_type"),
        "action_time",
        before,
        most,
    ):
        yield _deed(row.action_time, row.user, f"{row.content_type}: {row}", "")
    for row in _newest(
        ExportLog.objects.filter(what__startswith="polls.").select_related("user"), "created_at", before, most
    ):
        yield _deed(row.created_at, row.user, _("File taken: %(what)s") % {"what": row.what}, row.choice)
    yield from _with_gifts(before, most)


def _with_gifts(before: dt.datetime | None, most: int) -> Iterator[Deed]:
    """Yield what people did with single gifts: entered, confirmed, given back."""
    gifts = Contribution.objects.filter(entered_by__isnull=False).select_related("entered_by", "confirmed_by")
    for row in _newest(gifts, "created_at", before, most):
        yield _deed(
            row.created_at, row.entered_by, _("Gift %(number)s entered") % {"number": row.public_id}, ""
        )
    for row in _newest(gifts.filter(confirmed_by__isnull=False), "settled_at", before, most):
        yield _deed(
            row.settled_at, row.confirmed_by, _("Gift %(number)s confirmed") % {"number": row.public_id}, ""
        )
    refunds = Refund.objects.select_related("contribution", "asked_by", "confirmed_by")
    for row in _newest(refunds, "asked_at", before, most):
        told = {"number": row.contribution.public_id, "reason": row.get_reason_display()}
        yield _deed(row.asked_at, row.asked_by, _("Refund of gift %(number)s asked: %(reason)s") % told, "")
    for row in _newest(refunds.filter(confirmed_by__isnull=False), "done_at", before, most):
        told = {"number": row.contribution.public_id}
        yield _deed(row.done_at, row.confirmed_by, _("Refund of gift %(number)s sent") % told, "")


def _newest(rows: QuerySet[Any], column: str, before: dt.datetime | None, most: int) -> QuerySet[Any]:
    if before is not None:
        rows = rows.filter(**{f"{column}__lt": before})
    return rows.filter(**{f"{column}__isnull": False}).order_by(f"-{column}")[: most + 1]


def _deed(at: dt.datetime, who: Model | None, what: str, note: str) -> Deed:
    return Deed(at, str(who) if who else "", f"{what}: {note}" if note else what)
