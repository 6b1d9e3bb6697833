"""A riding's turfs as its leaders and members see them: how far they are, who holds them, what may be taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from supporters.models import User
from volunteers.enums import Channel, DoorStatus, ListState, MembershipState
from volunteers.models import BoundaryChange, ContactList, Door, Team, Turf, TurfCheckout
from volunteers.queries.training import with_certificate
from volunteers.rules.left_to_do import status_of

# Statuses at which a canvasser has still to ring.
OPEN_STATUSES = (DoorStatus.UNVISITED, DoorStatus.AGAIN)


@dataclass(frozen=True)
class Progress:
    """How many doors have which status."""

    counts: Mapping[str, int]

    @property
    def door_count(self) -> int:
        """Return how many doors may be visited at all."""
        return sum(self.counts.values()) - self.counts.get(DoorStatus.SUPPRESSED, 0)

    @property
    def done_count(self) -> int:
        """Return at how many of them there is nothing more to do."""
        return self.door_count - sum(self.counts.get(status, 0) for status in OPEN_STATUSES)

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """Return (status, its words, doors), every status."""
        return [(status.value, str(status.label), self.counts.get(status.value, 0)) for status in DoorStatus]


@dataclass(frozen=True)
class TurfRow:
    """A turf in a table; `checkout` is the one that is live."""

    turf: Turf
    progress: Progress
    checkout: TurfCheckout | None
    moved_count: int


@dataclass(frozen=True)
class ListRow:
    """A list of doors with its turfs; `free_count` are doors that are in none and may be visited."""

    contact_list: ContactList
    turfs: tuple[TurfRow, ...]
    progress: Progress
    free_count: int

    @property
    def is_in_use(self) -> bool:
        """Say whether turfs of the list may be given out."""
        return self.contact_list.state == ListState.ACTIVE


def door_list_or_404(riding_number: int, pk: int) -> ContactList:
    """Return a list of doors of this riding, unless it is purged."""
    row = _door_lists(riding_number).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def turf_or_404(riding_number: int, pk: int) -> Turf:
    """Return a turf of this riding's team."""
    rows = Turf.objects.select_related("team", "contact_list")
    turf = rows.filter(team__riding_number=riding_number, team__closed_at__isnull=True, pk=pk).first()
    if turf is None:
        raise Http404
    return turf


def checkout_or_404(riding_number: int, pk: int) -> TurfCheckout:
    """Return a checkout, live or ended, of a turf of this riding's team."""
    rows = TurfCheckout.objects.select_related("turf__team", "turf__contact_list", "holder")
    checkout = rows.filter(turf__team__riding_number=riding_number, pk=pk).first()
    if checkout is None:
        raise Http404
    return checkout


def door_lists(riding_number: int) -> tuple[ListRow, ...]:
    """Return the riding's lists of doors with their turfs."""
    lists = list(_door_lists(riding_number).order_by("created_at", "pk"))
    return tuple(list_row(contact_list) for contact_list in lists)


def list_row(contact_list: ContactList) -> ListRow:
    """Return a list of doors with its turfs, by the numbers in their names. Four queries."""
    counts = _counts(Door.objects.filter(contact_list=contact_list))
    turfs = list(Turf.objects.filter(contact_list=contact_list))
    whole: Counter[str] = sum(counts.values(), Counter())
    free = counts.get(None, Counter())
    return ListRow(
        contact_list,
        tuple(sorted(_rows(turfs, counts), key=lambda row: _by_number(row.turf))),
        Progress(whole),
        free.total() - free[DoorStatus.SUPPRESSED],
    )


def turf_ids(contact_list: ContactList, team: Team) -> list[int]:
    """Return the ids of a team's turfs of a list."""
    return list(Turf.objects.filter(contact_list=contact_list, team=team).values_list("pk", flat=True))


def turf_row(turf: Turf) -> TurfRow:
    """Return one turf with its progress and holder."""
    return _rows([turf], _counts(Door.objects.filter(turf=turf)))[0]


def doors_of(turf: Turf) -> list[Door]:
    """Return the doors of a turf in the order of the walk, those of whoever wants no contact left out."""
    doors = turf.doors.filter(suppressed_at__isnull=True)
    return list(doors.order_by(F("walk_position").asc(nulls_last=True), "pk"))


def history_of(turf: Turf) -> list[TurfCheckout]:
    """Return who held the turf, the latest first."""
    return list(turf.checkouts.select_related("holder", "given_by").order_by("-checked_out_at", "-pk"))


def may_hold(team: Team) -> QuerySet[User]:
    """Return the members of the team who may go to doors, by name."""
    members = User.objects.filter(
        memberships__team=team, memberships__state=MembershipState.ACTIVE, is_active=True
    )
    return with_certificate(members, Channel.DOOR).order_by(Coalesce("name", "email"), "email")


def turfs_to_take(team: Team) -> tuple[TurfRow, ...]:
    """Return the turfs that members may take by themselves now, those with something left to do."""
    turfs = list(
        Turf.objects.filter(team=team, is_open=True, contact_list__state=ListState.ACTIVE).exclude(
            checkouts__in=TurfCheckout.objects.filter(ended_at__isnull=True)
        )
    )
    rows = _rows(turfs, _counts(Door.objects.filter(turf__in=turfs)))
    left = (row for row in rows if row.progress.done_count < row.progress.door_count)
    return tuple(sorted(left, key=lambda row: _by_number(row.turf)))


def held_by(user: User, team: Team) -> tuple[TurfRow, ...]:
    """Return the turfs that somebody holds in a team, the first due first."""
    live = TurfCheckout.objects.filter(holder=user, turf__team=team, ended_at__isnull=True)
    turfs = [row.turf for row in live.select_related("turf__contact_list").order_by("due_at", "pk")]
    return tuple(_rows(turfs, _counts(Door.objects.filter(turf__in=turfs))))


def _door_lists(riding_number: int) -> QuerySet[ContactList]:
    return ContactList.objects.filter(
        channel=Channel.DOOR, riding_number=riding_number, purged_at__isnull=True
    )


def _counts(doors: QuerySet[Door]) -> dict[int | None, Counter[str]]:
    """Return {turf: {status: doors}}."""
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    open_to_visits = ExpressionWrapper(Q(suppressed_at__isnull=True), output_field=BooleanField())
    grouped = (
        doors.annotate(may_visit=open_to_visits)
        .values_list("turf_id", "last_outcome", "may_visit")
        .order_by()
    )
    for turf_id, outcome, may_visit, count in grouped.annotate(doors=Count("pk")):
        found[turf_id][status_of(outcome, is_suppressed=not may_visit).value] += count
    return found


def _rows(turfs: Iterable[Turf], counts: Mapping[int | None, Counter[str]]) -> list[TurfRow]:
    turfs = list(turfs)
    live = TurfCheckout.objects.filter(turf__in=turfs, ended_at__isnull=True).select_related("holder")
    held = {checkout.turf_id: checkout for checkout in live}
    changes = BoundaryChange.objects.filter(turf__in=turfs).order_by("found_at", "pk")
    moved = dict(changes.values_list("turf_id", "moved_count"))
    return [
        TurfRow(turf, Progress(counts.get(turf.pk, Counter())), held.get(turf.pk), moved.get(turf.pk, 0))
        for turf in turfs
    ]


def _by_number(turf: Turf) -> tuple[int, str]:
    word = turf.name.partition(" ")[0]
    return (int(word) if word.isdecimal() else 0, turf.name)
