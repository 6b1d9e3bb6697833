"""Deleting what lists hold when their day has come; counts, and what must outlive people's data, stay."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from coop4canada.kit.db import lock_for_transaction
from supporters.models import User
from volunteers.enums import ListState
from volunteers.enums.importing import ENDED_IMPORTS, ImportState
from volunteers.models import Attempt, AttemptAnswer, Contact, ContactList, Door, ImportBatch, PurgeReport
from volunteers.services.importing.running import LOCK

BATCH = 2000


@dataclass
class _Counts:
    notes: int = 0
    answers: int = 0


def purge_due_lists(*, clock: Callable[[], datetime]) -> int:
    """Delete what lists hold whose day has come, each by itself; return how many."""
    today = clock().date()
    due = ContactList.objects.filter(purge_on__lte=today, purged_at__isnull=True).order_by("purge_on", "pk")
    lists = list(due)
    for contact_list in lists:
        purge_list(contact_list=contact_list, by=None, now=clock())
    return len(lists)


@transaction.atomic
def purge_list(*, contact_list: ContactList, by: User | None, now: datetime) -> PurgeReport | None:
    """Delete doors and people of a list, what was written about them, and files not imported; None if that was done before.

    Attempts stay without words, so that counts hold; so do do-not-contact entries and the register of called numbers.
    """
    # Imports under way are waited for: what they bring goes too. They take the same locks in this order.
    files = ImportBatch.objects.filter(contact_list=contact_list).order_by("pk")
    batches = list(files.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    lock_for_transaction(f"{LOCK}{contact_list.pk}")
    row = ContactList.objects.select_for_update(of=("self",), no_key=True).get(pk=contact_list.pk)
    if row.purged_at is not None:
        return None
    counts = _Counts()
    doors = _delete(Door.objects.filter(contact_list=row), "door", counts)
    contacts = _delete(Contact.objects.filter(contact_list=row), "contact", counts)
    _drop_files(batches, now)
    row.state, row.purged_at = ListState.CLOSED, now
    row.save(update_fields=["state", "purged_at"])
    report = PurgeReport.objects.create(
        contact_list=row,
        list_name=row.name,
        channel=row.channel,
        riding_number=row.riding_number,
        door_count=doors,
        contact_count=contacts,
        note_count=counts.notes,
        answer_count=counts.answers,
        purged_by=by,
        purged_at=now,
    )
    _tell(report, now)
    return report


def _delete(rows: QuerySet[Door] | QuerySet[Contact], name: str, counts: _Counts) -> int:
    deleted = 0
    for ids in _batches(rows):
        attempts = Attempt.objects.filter(**{f"{name}__in": ids})
        answers = AttemptAnswer.objects.filter(~Q(text=""), attempt__in=attempts.values("pk"))
        counts.answers += answers.filter(option__isnull=True).delete()[0]
        counts.answers += answers.update(text="")
        counts.notes += attempts.exclude(note="").update(note="")
        rows.filter(pk__in=ids).delete()
        deleted += len(ids)
    return deleted


def _batches(rows: QuerySet[Door] | QuerySet[Contact]) -> Iterator[list[int]]:
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids


def _drop_files(ids: list[int], now: datetime) -> None:
    batches = ImportBatch.objects.filter(pk__in=ids)
    batches.exclude(state__in=sorted(ENDED_IMPORTS)).update(
        state=ImportState.DROPPED, ended_at=now, content=None
    )
    batches.update(content=None, bad_rows=[])


def _tell(report: PurgeReport, now: datetime) -> None:
    message = _("A list was deleted as its day had come, or earlier by its leaders: %(name)s. Doors: %(doors)d, people: %(people)d.")  # fmt: skip  # noqa: E501
    values = {"name": report.list_name, "doors": report.door_count, "people": report.contact_count}
    link = reverse("admin:volunteers_purgereport_changelist")
    alert_organizers(key=f"volunteers.purge:{report.pk}", message=message % values, link=link, now=now)
