"""What the page of one project shows, and what its giving form offers."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from polls.models import ProjectMove
from polls.queries.money import public_givers
from polls.queries.projects import ProjectCard, neediest_project, project_card, projects_page
from polls.rules.funding import Reason

MOST_SIMILAR = 3
# The moves that the platform made by the rules.
REASON_WORDS: dict[str, StrPromise] = {
    Reason.GOAL_REACHED: _("The goal was reached."),
    Reason.DEADLINE_ENOUGH: _("The deadline passed with enough in sight."),
    Reason.DEADLINE_TOO_LITTLE: _("The deadline passed with too little."),
    Reason.CHARGED_GOAL: _("The saved cards were charged and the goal is paid."),
    Reason.CHARGED_ENOUGH: _("The saved cards were charged and what is needed is there."),
    Reason.CHARGED_TOO_LITTLE_YET: _(
        "Declined cards left too little: people may give again until the deadline."
    ),
    Reason.CHARGED_TOO_LITTLE: _("Declined cards left too little, and the deadline is over."),
    Reason.ALL_GIVEN_BACK: _("Everything went back or on, as each giver wished."),
}


@dataclass(frozen=True)
class Move:
    """A step in the history of a project."""

    to_state: str
    label: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class ProjectPage:
    """One project: its card, who wants to be named, its history from the newest step on, others that are open."""

    card: ProjectCard
    givers: tuple[str, ...]
    moves: tuple[Move, ...]
    similar: tuple[ProjectCard, ...]
    next: ProjectCard | None


@dataclass(frozen=True)
class GivingOffer:
    """What a giving form is about: one project, or where it is needed most and the general fund (`card` None)."""

    card: ProjectCard | None
    neediest: ProjectCard | None
    others: tuple[ProjectCard, ...]
    next: ProjectCard | None
    takes_cards: bool
    is_closed: bool


def project_page(pk: int, *, now: datetime) -> ProjectPage | None:
    """Return the page of a project, or None where the public sees none."""
    card = project_card(pk, now=now)
    if card is None:
        return None
    others = _others(pk)
    moves = ProjectMove.objects.filter(project=pk).order_by("-at", "-pk")
    return ProjectPage(
        card=card,
        givers=tuple(public_givers(pk)),
        moves=tuple(
            Move(
                move.to_state,
                move.get_to_state_display(),
                str(REASON_WORDS.get(move.reason, move.reason)),
                move.at,
            )
            for move in moves
        ),
        similar=others[:MOST_SIMILAR],
        next=_next(pk),
    )


def giving_offer(pk: int | None, *, now: datetime) -> GivingOffer | None:
    """Return what a form offers, found out now; None where there is no such project."""
    card = project_card(pk, now=now) if pk is not None else None
    if pk is not None and card is None:
        return None
    neediest = neediest_project(now=now) if pk is None else None
    return GivingOffer(
        card=card,
        neediest=neediest,
        others=_others(pk)[:MOST_SIMILAR],
        next=_next(neediest.project.pk if neediest else pk),
        takes_cards=bool(settings.PAYMENT_PROVIDER),
        is_closed=card is not None and not card.is_open,
    )


def _others(pk: int | None) -> tuple[ProjectCard, ...]:
    return tuple(card for card in projects_page().open if card.project.pk != pk and card.is_open)


def _next(pk: int | None) -> ProjectCard | None:
    """Return where a gift would go on to today."""
    return next((card for card in projects_page().by_closeness if card.project.pk != pk), None)
