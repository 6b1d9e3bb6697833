"""What becomes of a gift whose poll is not coming, or is paid without it: what its giver chose when giving.

Each gift has a transaction of its own: a run that is cut short goes on where it stopped; two at once wait for each other.
See docs/adr/0036.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Sum

from coop4canada.kit.db import advisory_lock
from polls.enums import Account, ContributionState, Leftover, ProjectState, RefundReason, RefundState
from polls.models import Contribution, LedgerLine, PollProject
from polls.queries.funding import open_candidates
from polls.queries.ledger import places_of_gift
from polls.rules.funding import unneeded
from polls.rules.need import by_closeness
from polls.services.charging import ask_charges, release
from polls.services.moving import move_gift
from polls.services.refunding import ask_refund

logger = logging.getLogger(__name__)

LOST = frozenset({ProjectState.FAILED, ProjectState.REFUNDED})
PAID = frozenset({ProjectState.FUNDED, ProjectState.IN_FIELD, ProjectState.PUBLISHED})


def follow_wishes(*, project_id: int, now: datetime) -> None:
    """Follow the wish of every giver whose gift a project that failed, or is paid, does not need."""
    with advisory_lock(f"polls.wishes:{project_id}"):
        project = PollProject.objects.get(pk=project_id)
        if project.state in LOST | PAID:
            _follow(project, now)


def _follow(project: PollProject, now: datetime) -> None:
    _each(_saved(project), _follow_promise, project, now)
    if project.state in LOST:
        _each(_here(project), _follow_gift, project, now)
    else:
        spare = unneeded(_newest_first(project), surplus_cents=_surplus(project))
        _each(_here(project).filter(pk__in=spare), _follow_gift, project, now)


def next_poll(*, beside: int, now: datetime) -> PollProject | None:
    """Return the poll to which a gift goes on by the wish `NEXT`: the closest race that still takes gifts."""
    ranked = by_closeness(each for each in open_candidates(beside=beside) if each.deadline_at > now)
    return PollProject.objects.filter(pk=ranked[0].project).first() if ranked else None


def _each(
    gifts: QuerySet[Contribution],
    follow: Callable[[Contribution, PollProject, datetime], None],
    project: PollProject,
    now: datetime,
) -> None:
    for pk in list(gifts.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                # In the order in which everybody locks: the project, then the gift.
                PollProject.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
                gift = gifts.filter(pk=pk).first()
                if gift is not None:
                    follow(gift, project, now)
        except Exception:
            logger.exception("The wish of gift %s could not be followed; the next run tries again.", pk)


def _follow_promise(gift: Contribution, project: PollProject, now: datetime) -> None:
    """Release a saved card, or let the promise stand for where its giver wants it; a declined card is let go."""
    if gift.leftover == Leftover.RETURN or gift.state == ContributionState.FAILING:
        reason = RefundReason.GOAL_FAILED if project.state in LOST else RefundReason.NOT_NEEDED
        release(contribution=gift, now=now, reason=reason)
        return
    target = next_poll(beside=project.pk, now=now) if gift.leftover == Leftover.NEXT else None
    still = Contribution.objects.filter(pk=gift.pk, state=ContributionState.SAVED)
    still.update(project=target)
    if target is None:
        ask_charges(project=None, now=now)


def _follow_gift(gift: Contribution, project: PollProject, now: datetime) -> None:
    """Give money back, or move it where its giver wants it."""
    if gift.leftover == Leftover.RETURN:
        reason = RefundReason.GOAL_FAILED if project.state in LOST else RefundReason.NOT_NEEDED
        ask_refund(contribution=gift, amount_cents=None, reason=reason, by=None, now=now)
        return
    target = next_poll(beside=project.pk, now=now) if gift.leftover == Leftover.NEXT else None
    move_gift(contribution=gift, to=target, now=now)


def _saved(project: PollProject) -> QuerySet[Contribution]:
    states = [ContributionState.SAVED, ContributionState.FAILING]
    return Contribution.objects.filter(project=project, state__in=states)


def _here(project: PollProject) -> QuerySet[Contribution]:
    """Return the gifts whose money lies with a project and moves freely: in no dispute, on no way back.

    A refund that failed waits for a person: it is asked for again by hand, not every minute.
    """
    lines = LedgerLine.objects.filter(account=Account.PROJECT, project=project)
    owed = lines.values("entry__contribution").annotate(total=Sum("amount_cents")).filter(total__lt=0)
    gifts = Contribution.objects.filter(
        pk__in=owed.order_by().values("entry__contribution"), state=ContributionState.SETTLED, held_reason=""
    )
    return gifts.exclude(refunds__state__in=[RefundState.ASKED, RefundState.FAILED])


def _newest_first(project: PollProject) -> list[tuple[int, int]]:
    gifts = _here(project).order_by("-settled_at", "-pk").values_list("pk", flat=True)
    return [(pk, places_of_gift(pk).get(project.pk, 0)) for pk in gifts]


def _surplus(project: PollProject) -> int:
    """Return what is here of gifts beyond the goal; what is on its way back is gone already."""
    return sum(cents for _pk, cents in _newest_first(project)) - project.goal_cents
