"""A poll project from draft to its end: moved by people, and by the rules at its times."""

import logging
from datetime import datetime

from django.db import transaction

from polls.enums import ContributionState, ProjectState, RefundState
from polls.models import Contribution, PollProject, ProjectMove, Refund
from polls.queries.funding import standing_of
from polls.queries.ledger import left_cents, received_cents
from polls.rules.contribution_states import PROMISED
from polls.rules.funding import CHARGING_LASTS, Reason, next_move
from polls.rules.project_states import may_move
from polls.services.charging import ask_charges
from polls.services.leftovers import follow_wishes
from polls.services.project_mails import mail_givers
from supporters.models import User

logger = logging.getLogger(__name__)


class MoveRefused(ValueError):
    """The project does not move: it has moved on meanwhile, or something is missing; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        """Remember why."""
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def move_project(
    *, project: PollProject, to: str, reason: str, by: User | None, now: datetime
) -> PollProject:
    """Move a project and write its history; where it is there already, nothing happens. Givers get a mail of the great moves.

    Raises: MoveRefused.
    """
    row = _locked(project.pk)
    if row.state == to:
        return row
    if not may_move(row.state, to):
        raise MoveRefused("no_such_move")
    ProjectMove.objects.create(
        project=row, from_state=row.state, to_state=to, reason=reason[:300], at=now, by=by
    )
    row.state = to
    row.charging_ends_at = now + CHARGING_LASTS if to == ProjectState.CONFIRMING else None
    if to == ProjectState.FUNDING:
        row.opened_at = row.opened_at or now
    if to in {ProjectState.FUNDED, ProjectState.FAILED}:
        row.ended_at = now
    row.save(update_fields=["state", "charging_ends_at", "opened_at", "ended_at"])
    mail_givers(project=row, now=now)
    return row


def lacks(project: PollProject, *, now: datetime) -> str:
    """Return what a draft lacks to be opened, as a code; empty if nothing."""
    if not project.pollster.strip():
        return "pollster"
    if not project.intro_en.strip() or not project.intro_fr.strip():
        return "intro"
    return "" if project.deadline_at > now else "deadline"


@transaction.atomic
def open_project(*, project: PollProject, by: User, now: datetime) -> PollProject:
    """Let people give for a draft that has all it needs.

    Raises: MoveRefused.
    """
    row = _locked(project.pk)
    if row.state == ProjectState.DRAFT:
        if lack := lacks(row, now=now):
            raise MoveRefused(lack)
        others = PollProject.objects.filter(
            riding_id=row.riding_id, state__in=[ProjectState.FUNDING, ProjectState.CONFIRMING]
        )
        if others.exists():
            raise MoveRefused("another")
    elif row.state != ProjectState.FUNDING:
        raise MoveRefused("no_such_move")
    return move_project(project=row, to=ProjectState.FUNDING, reason="", by=by, now=now)


def send_to_field(*, project: PollProject, by: User, now: datetime) -> PollProject:
    """Note that the pollster is asking people.

    Raises: MoveRefused.
    """
    if project.state not in {ProjectState.FUNDED, ProjectState.IN_FIELD}:
        raise MoveRefused("no_such_move")
    return move_project(project=project, to=ProjectState.IN_FIELD, reason="", by=by, now=now)


@transaction.atomic
def fail_project(*, project: PollProject, reason: str, by: User, now: datetime) -> PollProject:
    """End a project whose poll does not come; the job then gives back or moves each gift as its giver wished.

    Raises: MoveRefused, also while a payment to the pollster stands in the books.
    """
    if not reason.strip():
        raise MoveRefused("no_reason")
    row = _locked(project.pk)
    # A bill that was booked back leaves two lines that add up to nothing.
    if left_cents(row.pk) != received_cents(row.pk):
        raise MoveRefused("spent")
    return move_project(project=row, to=ProjectState.FAILED, reason=reason, by=by, now=now)


def look_after_projects(*, now: datetime) -> None:
    """Move every project that is due, charge, give back; one that fails does not keep the others waiting."""
    begun = PollProject.objects.exclude(state=ProjectState.DRAFT).order_by("pk")
    for pk in list(begun.values_list("pk", flat=True)):
        try:
            look_after_project(project_id=pk, now=now)
        except Exception:
            logger.exception("Poll project %s could not be looked after; the next run tries again.", pk)


def look_after_project(*, project_id: int, now: datetime) -> None:
    """Do what is due for one project; twice, or twice at once, it is done once."""
    state = _advance(project_id, now)
    follow_wishes(project_id=project_id, now=now)
    if state == ProjectState.FAILED:
        _close(project_id, now)


@transaction.atomic
def _advance(project_id: int, now: datetime) -> str:
    row = _locked(project_id)
    move = next_move(standing_of(row), now=now)
    if move is not None:
        row = move_project(project=row, to=move.to, reason=move.reason, by=None, now=now)
    if row.state == ProjectState.CONFIRMING:
        ask_charges(project=row, now=now)
    return row.state


@transaction.atomic
def _close(project_id: int, now: datetime) -> None:
    """Call a failed project refunded once nothing of it is here, promised or on its way back."""
    row = _locked(project_id)
    if row.state != ProjectState.FAILED or received_cents(row.pk):
        return
    is_promised = Contribution.objects.filter(
        project=row, state__in=[*PROMISED, ContributionState.DISPUTED]
    ).exists()
    is_under_way = Refund.objects.filter(contribution__project=row, state=RefundState.ASKED).exists()
    if not is_promised and not is_under_way:
        move_project(project=row, to=ProjectState.REFUNDED, reason=Reason.ALL_GIVEN_BACK, by=None, now=now)


def _locked(pk: int) -> PollProject:
    return PollProject.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
