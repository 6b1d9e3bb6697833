"""What a canvasser sees of the turf they hold: doors in walking order, and the script."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db.models import Prefetch

from coop4canada.kit.signing import keyed_hash
from ridings.rules.clocks import clock_of
from supporters.models import User
from volunteers.enums import DOOR_OUTCOMES, MembershipState, Outcome, QuestionKind
from volunteers.models import Attempt, Door, Membership, ScriptQuestion, ScriptVersion, TurfCheckout
from volunteers.rules.door_status import DoorStatus, Knock, door_status

# Where one comes back to: nobody was spoken with to the end.
_TRIED = frozenset(
    {
        Outcome.NOT_HOME,
        Outcome.NO_ACCESS,
        Outcome.LEFT_LITERATURE,
        Outcome.CALL_BACK,
        Outcome.LANGUAGE,
    }
)
_UNIT = re.compile(r"([0-9]{1,2})[0-9]{2}[A-Za-z]?$")
# In the order of their buttons; a conversation with answers has a button of its own.
QUICK_OUTCOMES = (
    Outcome.NOT_HOME,
    Outcome.LEFT_LITERATURE,
    Outcome.NO_ACCESS,
    Outcome.REFUSED,
    Outcome.CALL_BACK,
    Outcome.LANGUAGE,
    Outcome.MOVED,
    Outcome.DECEASED,
)
ALL_OUTCOMES = (Outcome.ANSWERED, *QUICK_OUTCOMES, Outcome.DO_NOT_CONTACT)


@dataclass(frozen=True)
class Said:
    """One of several conversations that contradict each other: by oneself or by somebody else."""

    label: str
    at: datetime
    is_mine: bool


@dataclass(frozen=True)
class DoorRow:
    """A door in the walk. `state`: open, tried, done, conflict or pass (by: no contact, and nothing is told of why).

    `visit_id`: a fresh id for the form of a page without JavaScript. `mine`: one's own last record, to correct it.
    """

    pk: int
    line: str
    unit: str
    address: str
    mark: str
    state: str
    label: str
    at: datetime | None
    rivals: tuple[Said, ...]
    mine: UUID | None
    visit_id: UUID


@dataclass(frozen=True)
class Building:
    """Doors that follow each other under one number of a street, floor by floor."""

    line: str
    floor: str
    rows: tuple[DoorRow, ...]

    @property
    def is_tower(self) -> bool:
        """Whether several dwellings stand there."""
        return len(self.rows) > 1


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen; `is_chosen` where it was, on a form that comes back."""

    key: str
    label: str
    effect: str
    leads_to: str
    is_chosen: bool


@dataclass(frozen=True)
class Step:
    """A step of the script: `kind` say, one or text."""

    key: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    typed: str

    @property
    def is_said(self) -> bool:
        """Whether there is nothing to answer."""
        return self.kind == QuestionKind.SAY


@dataclass(frozen=True)
class WalkScript:
    """The version that is said now."""

    version_id: int
    opening: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Walk:
    """A turf that somebody holds."""

    checkout_id: int
    turf: str
    zone: str
    due_at: datetime
    buildings: tuple[Building, ...]

    @property
    def rows(self) -> tuple[DoorRow, ...]:
        """Every door, in walking order."""
        return tuple(row for building in self.buildings for row in building.rows)

    @property
    def done_count(self) -> int:
        """How many doors need no further visit."""
        return sum(row.state in ("done", "pass") for row in self.rows)


def held_checkout(user: User, pk: int) -> TurfCheckout | None:
    """Return a turf that was given to this account, also after it was given back; None for everybody else."""
    mine = TurfCheckout.objects.select_related("turf__team", "turf__contact_list")
    return mine.filter(pk=pk, holder=user).first()


def is_held(checkout: TurfCheckout) -> bool:
    """Say whether the holder may see the doors: the turf is not given back, and they are still in the team."""
    if checkout.ended_at is not None:
        return False
    return Membership.objects.filter(
        team=checkout.turf.team_id, user=checkout.holder_id, state=MembershipState.ACTIVE
    ).exists()


def walk_of(checkout: TurfCheckout) -> Walk:
    """Return the turf with what each door shows; what others noted or were answered is not among it."""
    attempts = Attempt.objects.only("client_id", "by_id", "outcome", "happened_at", "corrects_id", "door_id")
    doors = Door.objects.filter(turf=checkout.turf_id).order_by("walk_position", "pk")
    rows = [_row(checkout, door) for door in doors.prefetch_related(Prefetch("attempts", queryset=attempts))]
    clock = clock_of(checkout.turf.contact_list.riding_number or 0, order=checkout.turf.boundary_code)
    return Walk(checkout.pk, checkout.turf.name, clock.zone, checkout.due_at, _buildings(rows))


def script_of(checkout: TurfCheckout, typed: Mapping[str, str] | None = None) -> WalkScript | None:
    """Return the script of the list in the active language; `typed`: {name of field: what was typed}."""
    given = typed or {}
    live = ScriptVersion.objects.filter(
        script=checkout.turf.contact_list.script_id or 0, published_at__isnull=False, retired_at__isnull=True
    )
    version = live.prefetch_related("questions__options").first()
    if version is None:
        return None
    questions = sorted(version.questions.all(), key=lambda one: (one.display_order, one.pk))
    return WalkScript(version.pk, version.opening, tuple(_step(question, given) for question in questions))


def fingerprint(walk: Walk) -> str:
    """Return what changes whenever a door's state does, so that a phone is told only what is new to it."""
    states = [
        (row.pk, row.state, row.label, str(row.at), str(row.mine), len(row.rivals)) for row in walk.rows
    ]
    return sha256(repr(states).encode()).hexdigest()[:16]


def outcome_label(outcome: str) -> str:
    """Return the words of an outcome; empty for none."""
    return str(Outcome(outcome).label) if outcome in DOOR_OUTCOMES else ""


def knocks_of(attempts: Iterable[Attempt]) -> list[Knock]:
    """Return attempts of one door as the rules see them."""
    rows = list(attempts)
    ids = {row.pk: row.client_id for row in rows}
    return [
        Knock(row.client_id, row.by_id, row.outcome, row.happened_at, ids.get(row.corrects_id or 0))
        for row in rows
    ]


def door_mark(checkout_id: int, door_id: int, address_digest: str) -> str:
    """Return what only we can have made: that this door was in the turf when it was checked out.

    Doors move to other turfs and are deleted with their list while a phone is offline; what was said there still counts.
    """
    return keyed_hash(f"door {checkout_id} {door_id} {address_digest}")[:24]


def _row(checkout: TurfCheckout, door: Door) -> DoorRow:
    knocks = knocks_of(door.attempts.all())
    status = door_status(knocks)
    is_suppressed = door.suppressed_at is not None
    own = [knock for knock in knocks if knock.by == checkout.holder_id]
    return DoorRow(
        pk=door.pk,
        line=door.line,
        unit=door.unit,
        address=door.address_digest,
        mark=door_mark(checkout.pk, door.pk, door.address_digest),
        state="pass" if is_suppressed else _state(status),
        label="" if is_suppressed else outcome_label(status.outcome),
        at=None if is_suppressed else status.at,
        rivals=() if is_suppressed else _rivals(status, checkout.holder_id),
        mine=max(own, key=lambda knock: knock.at).id if own and not is_suppressed else None,
        visit_id=uuid4(),
    )


def _state(status: DoorStatus) -> str:
    if status.is_conflict:
        return "conflict"
    if not status.outcome:
        return "open"
    return "tried" if status.outcome in _TRIED else "done"


def _rivals(status: DoorStatus, holder_id: int) -> tuple[Said, ...]:
    return tuple(Said(outcome_label(one.outcome), one.at, one.by == holder_id) for one in status.rivals)


def _buildings(rows: Iterable[DoorRow]) -> tuple[Building, ...]:
    grouped: list[tuple[tuple[str, str], list[DoorRow]]] = []
    for row in rows:
        place = (row.line.partition(" #")[0], _floor(row.unit))
        if grouped and row.unit and grouped[-1][0] == place:
            grouped[-1][1].append(row)
        else:
            grouped.append((place, [row]))
    return tuple(Building(line, floor, tuple(found)) for (line, floor), found in grouped)


def _floor(unit: str) -> str:
    """Return the floor that a unit's number names, as 12 in 1204; empty where it names none."""
    found = _UNIT.search(unit)
    return found[1] if found else ""


def _step(question: ScriptQuestion, typed: Mapping[str, str]) -> Step:
    given = typed.get(f"question-{question.key}", "")
    options = sorted(question.options.all(), key=lambda one: (one.display_order, one.pk))
    choices = tuple(
        Choice(option.key, option.label, option.effect, option.leads_to, option.key == given)
        for option in options
    )
    return Step(question.key, question.kind, question.text, choices, given)
