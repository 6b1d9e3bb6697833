"""The ballot page: whose place it is, what is chosen between, what to read before. Never what somebody chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.enums import PartyRole
from campaign.queries import parties_by_code
from coop4canada.kit.panels import Panel, panels_for
from coop4canada.kit.signing import keyed_hash
from pledges.enums import RoundState
from pledges.models import Ballot, BallotSecret, RecommendationRound, RollEntry, RoundEvidence, RoundOption
from pledges.queries.outcomes import method_in_words
from pledges.rules.advice import Placing, best_placed
from ridings.queries import RidingPage, riding_page
from supporters.enums import EntryState

# Purpose of the link in a ballot mail.
BALLOT = "pledges.ballot"


@dataclass(frozen=True)
class BallotPage:
    """What stands on the page behind the link of a ballot mail.

    `is_in` says that a ballot was cast, never which. `may_vote` is false once the pledge was withdrawn or its person erased.
    """

    row: RecommendationRound
    options: tuple[RoundOption, ...]
    withdrawn: tuple[RoundOption, ...]
    method: str
    is_open: bool
    may_vote: bool
    is_in: bool


@dataclass(frozen=True)
class Evidence:
    """What is known of the riding; `placing` is what the projection says of the cooperating candidates."""

    page: RidingPage
    placing: Placing | None
    links: tuple[RoundEvidence, ...]
    panels: tuple[Panel, ...]


def ballot_key(secret: str, entry_id: int) -> str:
    """Return the key of the ballot of a place on the roll: nobody without the server's key can make it."""
    return keyed_hash(f"{BALLOT}:{secret}:{entry_id}")


def ballot_page(entry_id: int) -> BallotPage | None:
    """Return the ballot of a place on the roll; None if there is no such place."""
    entry = RollEntry.objects.select_related("round", "pledge").filter(pk=entry_id).first()
    if entry is None:
        return None
    row, pledge = entry.round, entry.pledge
    options = list(row.options.select_related("party"))
    # Who stands first is chosen more often: every ballot has its own order, always the same on the same ballot.
    options.sort(key=lambda option: keyed_hash(f"order:{entry_id}:{option.key}"))
    is_open = row.state == RoundState.OPEN
    return BallotPage(
        row=row,
        options=tuple(option for option in options if option.withdrawn_at is None),
        withdrawn=tuple(option for option in options if option.withdrawn_at is not None),
        method=method_in_words(row),
        is_open=is_open,
        may_vote=pledge is not None
        and pledge.supporter_id is not None
        and pledge.state == EntryState.CONFIRMED,
        is_in=is_open and _is_in(entry),
    )


def _is_in(entry: RollEntry) -> bool:
    secret = BallotSecret.objects.filter(pk=entry.round_id).values_list("value", flat=True).first()
    return secret is not None and Ballot.objects.filter(key=ballot_key(secret, entry.pk)).exists()


def evidence_for(row: RecommendationRound) -> Evidence | None:
    """Return what is known of the riding of a round; None if it is not on the boundaries in force."""
    page = riding_page(row.riding_number)
    if page is None:
        return None
    return Evidence(
        page=page,
        placing=_placing(page),
        links=tuple(row.evidence.order_by("pk")),
        panels=tuple(panels_for("ballot_evidence", riding_number=row.riding_number)),
    )


def _placing(page: RidingPage) -> Placing | None:
    roles = {party.short_name: party.role for party in parties_by_code().values()}
    projected = {share.party: share.projected for share in page.projection}
    target = next((projected[name] for name in projected if roles.get(name) == PartyRole.TARGET), None)
    return best_placed(_of_role(projected, roles, PartyRole.COOPERATING), target)


def _of_role(projected: dict[str, float], roles: dict[str, str], role: str) -> dict[str, float]:
    return {name: share for name, share in projected.items() if roles.get(name) == role}


def round_facts(row: RecommendationRound) -> tuple[int, int | None]:
    """Return for organizers how many are on the roll and how many ballots came; None while that is too few to say."""
    on_roll = RollEntry.objects.filter(round=row).count()
    ballots = Ballot.objects.filter(round=row).count()
    return on_roll, ballots if ballots >= row.minimum_ballots else None


def options_of(row: RecommendationRound) -> Sequence[RoundOption]:
    """Return the candidates of a round for organizers."""
    return list(row.options.select_related("party").order_by("name"))
