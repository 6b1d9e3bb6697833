"""What pages show of poll projects: their bars, who is open, where a gift is needed most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from coop4canada.kit import clock
from coop4canada.kit.memory import ShortMemory
from polls.enums import Account, PollState, ProjectState, Provider
from polls.models import Poll, PollProject
from polls.queries.funding import open_candidates
from polls.queries.ledger import balances
from polls.queries.money import Thermometer, thermometers
from polls.rules.charging import saves_card_first
from polls.rules.need import Candidate, by_closeness, by_need
from polls.rules.project_states import TAKES_GIFTS

# What readers see may be so old; what decides is always counted anew.
FRESH = timedelta(seconds=30)
ONE_DAY = timedelta(days=1)
NOTHING = Thermometer(0, 0, 0)
COLLECTING = (ProjectState.FUNDING, ProjectState.CONFIRMING)
BOUGHT = (ProjectState.FUNDED, ProjectState.IN_FIELD, ProjectState.PUBLISHED)

_lists: "ShortMemory[ProjectsPage]" = ShortMemory(FRESH)
_everywhere: "ShortMemory[dict[int, tuple[ProjectCard, ...]]]" = ShortMemory(FRESH)
_totals: "ShortMemory[Totals]" = ShortMemory(FRESH)


@dataclass(frozen=True)
class FundingBar:
    """A thermometer: sums in cents, and where its parts end in percent of the goal."""

    key: int
    received_cents: int
    promised_cents: int
    goal_cents: int
    minimum_cents: int

    @property
    def in_sight_cents(self) -> int:
        """What is here and what is promised."""
        return self.received_cents + self.promised_cents

    @property
    def percent(self) -> int:
        """How much of the goal is in sight, for people; more than 100 where it is passed."""
        return self.in_sight_cents * 100 // self.goal_cents

    @property
    def received_width(self) -> str:
        """Where the solid part ends, of 100."""
        return _width(self.received_cents, self.goal_cents)

    @property
    def in_sight_width(self) -> str:
        """Where the hatched part ends, of 100."""
        return _width(self.in_sight_cents, self.goal_cents)

    @property
    def minimum_width(self) -> str:
        """Where the mark of the least sum stands, of 100."""
        return _width(self.minimum_cents, self.goal_cents)


@dataclass(frozen=True)
class ProjectCard:
    """A project as a list shows it.

    `days_left` is 0 on the last day, and over; `saves_card_first`: a gift today is charged only once enough is in sight.
    """

    project: PollProject
    bar: FundingBar
    giver_count: int
    days_left: int
    is_open: bool
    saves_card_first: bool
    poll: Poll | None

    @property
    def is_collecting(self) -> bool:
        """Whether money is being collected or charged."""
        return self.project.state in COLLECTING

    @property
    def is_bought(self) -> bool:
        """Whether the poll is paid for."""
        return self.project.state in BOUGHT


@dataclass(frozen=True)
class Totals:
    """What all have given that was not given back, in cents, and how many polls it bought."""

    given_cents: int
    general_cents: int
    bought_count: int
    collecting_count: int


@dataclass(frozen=True)
class ProjectsPage:
    """The page of all projects: those collecting (the neediest first), bought ones (newest first), those that failed."""

    open: tuple[ProjectCard, ...]
    bought: tuple[ProjectCard, ...]
    past: tuple[ProjectCard, ...]
    neediest: ProjectCard | None
    by_closeness: tuple[ProjectCard, ...]
    totals: Totals

    @property
    def closest(self) -> ProjectCard | None:
        """The closest race that collects."""
        return next(iter(self.by_closeness), None)


def projects_page() -> ProjectsPage:
    """Return the page of all projects, half a minute old at most."""
    now = clock.now()
    return _lists.recall("page", lambda: _projects_page(now), now=now)


def riding_cards(number: int) -> tuple[ProjectCard, ...]:
    """Return the projects of a riding that its page shows, the newest first, half a minute old at most.

    Those of every riding are remembered together: pages of ridings are many, projects are few.
    """
    now = clock.now()
    return _everywhere.recall("all", lambda: _cards_by_riding(now), now=now).get(number, ())


def totals() -> Totals:
    """Return what all gave and bought, half a minute old at most."""
    now = clock.now()
    return _totals.recall("totals", _count_totals, now=now)


def project_card(pk: int, *, now: datetime) -> ProjectCard | None:
    """Return one project that the public may see, counted now; None where there is none."""
    return next(iter(cards_of(_rows().filter(pk=pk), now=now)), None)


def cards_of(rows: Iterable[PollProject], *, now: datetime) -> tuple[ProjectCard, ...]:
    """Return the cards of projects, in their order; two queries for their sums."""
    rows = list(rows)
    sums = thermometers([row.pk for row in rows]) if rows else {}
    return tuple(_card(row, sums.get(row.pk, NOTHING), now) for row in rows)


def neediest_project(*, now: datetime) -> ProjectCard | None:
    """Return the project to which a gift goes that is for where it is needed most, found out now."""
    ranked = by_need(_still_open(now))
    return project_card(ranked[0].project, now=now) if ranked else None


def _cards_by_riding(now: datetime) -> dict[int, tuple[ProjectCard, ...]]:
    found: dict[int, tuple[ProjectCard, ...]] = {}
    for card in cards_of(_rows().filter(state__in=[*COLLECTING, *BOUGHT]).order_by("-pk"), now=now):
        number = card.project.riding.number
        found[number] = (*found.get(number, ()), card)
    return found


def _projects_page(now: datetime) -> ProjectsPage:
    cards = cards_of(_rows().order_by("-pk"), now=now)
    candidates = _still_open(now)
    ranked = by_need(candidates)
    places = {candidate.project: place for place, candidate in enumerate(ranked)}
    collecting = [card for card in cards if card.is_collecting]
    collecting.sort(key=lambda card: places.get(card.project.pk, len(places)))
    by_id = {card.project.pk: card for card in cards}
    return ProjectsPage(
        open=tuple(collecting),
        bought=tuple(card for card in cards if card.is_bought),
        past=tuple(card for card in cards if not card.is_bought and not card.is_collecting),
        neediest=by_id.get(ranked[0].project) if ranked else None,
        by_closeness=tuple(by_id[each.project] for each in by_closeness(candidates) if each.project in by_id),
        totals=totals(),
    )


def _still_open(now: datetime) -> list[Candidate]:
    return [candidate for candidate in open_candidates() if candidate.deadline_at > now]


def _rows() -> QuerySet[PollProject]:
    public = PollProject.objects.exclude(state=ProjectState.DRAFT)
    return public.select_related("riding__boundary_set", "poll")


def _card(row: PollProject, sums: Thermometer, now: datetime) -> ProjectCard:
    poll = getattr(row, "poll", None)
    return ProjectCard(
        project=row,
        bar=FundingBar(row.pk, sums.received_cents, sums.promised_cents, row.goal_cents, row.minimum_cents),
        giver_count=sums.giver_count,
        days_left=max(0, (row.deadline_at - now) // ONE_DAY),
        is_open=_is_open(row, now),
        saves_card_first=saves_card_first(
            funding_model=row.funding_model, deadline_at=row.deadline_at, now=now
        ),
        poll=poll if poll is not None and poll.state == PollState.PUBLISHED else None,
    )


def _is_open(row: PollProject, now: datetime) -> bool:
    # Nobody gives real money for what is made up.
    is_real = not row.is_demonstration or settings.PAYMENT_PROVIDER == Provider.LOCAL
    return row.state in TAKES_GIFTS and row.deadline_at > now and is_real


def _count_totals() -> Totals:
    held = balances()
    general = -held.get(Account.GENERAL, 0)
    given = general - held.get(Account.PROJECT, 0) + held.get(Account.SPENT, 0)
    states = list(PollProject.objects.values_list("state", flat=True))
    return Totals(
        given_cents=given,
        general_cents=general,
        bought_count=sum(state in BOUGHT for state in states),
        collecting_count=sum(state in COLLECTING for state in states),
    )


def _width(cents: int, goal_cents: int) -> str:
    # Written with a point in every language: SVG reads it.
    return f"{min(100.0, max(0.0, cents * 100 / goal_cents)):.2f}"
