"""What organizers do with a round: propose candidates, announce, cancel, note that a candidate withdrew."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from campaign.enums import PartyRole
from coop4canada.kit.db import lock_for_transaction
from coop4canada.kit.text import slug
from pledges.enums import ResultReason, RoundMail, RoundState
from pledges.models import Ballot, BallotSecret, RecommendationRound, RoundMailing, RoundOption, RoundResult
from pledges.rules.counting import NOBODY
from pledges.rules.round_states import LIVE, may_move
from ridings.enums import BoundaryStatus
from ridings.models import Candidate

LONGEST_KEY = 40


class RoundRefused(Exception):
    """What was asked of a round is not possible; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def lock_name(round_id: int) -> str:
    """Return the lock under which a round changes; who casts a ballot shares it."""
    return f"pledges.round:{round_id}"


def locked_round(round_id: int) -> RecommendationRound:
    """Return a round that nobody else changes, and to which no ballot comes, until the transaction ends.

    Raises: RecommendationRound.DoesNotExist.
    """
    lock_for_transaction(lock_name(round_id))
    return RecommendationRound.objects.get(pk=round_id)


def move(row: RecommendationRound, to: str) -> None:
    """Set the state of a locked round.

    Raises: RoundRefused if there is no such move.
    """
    if not may_move(row.state, to):
        raise RoundRefused(f"{row.state} to {to}")
    row.state = to


@transaction.atomic
def propose_options(*, round_id: int, today: date) -> int:
    """Put the cooperating parties' candidates of the coming election on an empty ballot; return how many there are."""
    row = locked_round(round_id)
    if row.state != RoundState.DRAFT or row.options.exists():
        return 0
    coming = Candidate.objects.filter(
        riding__number=row.riding_number,
        riding__boundary_set__status=BoundaryStatus.LIVE,
        party__role=PartyRole.COOPERATING,
        election__held_on__gte=today,
    )
    found = list(coming.select_related("party").order_by("election__held_on", "party__display_order", "name"))
    of_next = [one for one in found if one.election_id == found[0].election_id]
    taken = {NOBODY}
    options = []
    for candidate in of_next:
        key = _key_for(candidate.name, taken)
        options.append(
            RoundOption(round=row, key=key, name=candidate.name, party=candidate.party, candidate=candidate)
        )
    RoundOption.objects.bulk_create(options)
    return len(options)


def _key_for(name: str, taken: set[str]) -> str:
    base = slug(name)[: LONGEST_KEY - 3].strip("-") or "candidate"
    key = next(
        key for number in range(1, 1000) if (key := f"{base}-{number}" if number > 1 else base) not in taken
    )
    taken.add(key)
    return key


@transaction.atomic
def announce_round(*, round_id: int, now: datetime) -> None:
    """Fix dates, terms and options, and show the round; the job opens it at its time. Twice is once.

    Raises: RoundRefused without a candidate, after its end, or while another round of the riding is under way.
    """
    row = locked_round(round_id)
    if row.state == RoundState.ANNOUNCED:
        return
    move(row, RoundState.ANNOUNCED)
    if not row.options.exists():
        raise RoundRefused("no_options")
    if row.closes_at <= now:
        raise RoundRefused("over")
    try:
        with transaction.atomic():
            row.save(update_fields=["state"])
    except IntegrityError as error:
        if "recommendationround_one_live" not in str(error):
            raise
        raise RoundRefused("another_live") from error


@transaction.atomic
def cancel_round(*, round_id: int, because_en: str, because_fr: str) -> None:
    """End a round without a result, for a reason told in public; ballots that came are destroyed uncounted. Twice is once.

    Raises: RoundRefused once it is closed.
    """
    row = locked_round(round_id)
    if row.state == RoundState.CANCELLED:
        return
    was_open = row.state == RoundState.OPEN
    move(row, RoundState.CANCELLED)
    row.cancelled_because_en, row.cancelled_because_fr = because_en, because_fr
    row.save(update_fields=["state", "cancelled_because_en", "cancelled_because_fr"])
    Ballot.objects.filter(round=row).delete()
    BallotSecret.objects.filter(round=row).delete()
    RoundMailing.objects.filter(round=row).delete()
    if was_open:
        plan_mails(row, RoundMail.CANCELLED)


@transaction.atomic
def withdraw_option(*, option_id: int, now: datetime) -> RoundOption:
    """Note that a candidate withdrew. While voting lasts, everybody on the roll is told; later it changes what is decided.

    A published recommendation of the candidate is lifted, and nobody moves up. Twice is once.
    Raises: RoundRefused of a draft, whose options are simply removed, and of a cancelled round.
    """
    round_id = RoundOption.objects.values_list("round_id", flat=True).get(pk=option_id)
    row = locked_round(round_id)
    option = RoundOption.objects.select_related("party").get(pk=option_id)
    if option.withdrawn_at is not None:
        return option
    if row.state not in {*LIVE, RoundState.PUBLISHED}:
        raise RoundRefused("not_announced")
    option.withdrawn_at = now
    option.save(update_fields=["withdrawn_at"])
    if row.state == RoundState.OPEN:
        plan_mails(row, RoundMail.WITHDRAWAL, option.key)
    if row.state == RoundState.PUBLISHED:
        _lift(row, option, now)
    return option


def _lift(row: RecommendationRound, option: RoundOption, now: datetime) -> None:
    lifted = RoundResult.objects.filter(round=row, option=option).update(
        reason=ResultReason.LIFTED, option=None, lifted_at=now
    )
    if lifted:
        # Whoever has not been told of the recommendation yet is told the end of it alone.
        RoundMailing.objects.filter(round=row, kind=RoundMail.RESULT, finished_at__isnull=True).update(
            finished_at=now
        )
        plan_mails(row, RoundMail.LIFTED, option.key)


def plan_mails(row: RecommendationRound, kind: RoundMail, about: str = "") -> None:
    """Have everybody concerned written to by the job, once."""
    RoundMailing.objects.bulk_create([RoundMailing(round=row, kind=kind, about=about)], ignore_conflicts=True)
