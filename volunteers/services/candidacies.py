"""Putting candidates on the list, and deciding about them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaign.models import Party
from coop4canada.kit.db import lock_for_transaction
from ridings.models import Candidate, Election
from supporters.models import User
from volunteers.enums import CandidacyState
from volunteers.models import Candidacy, CandidacyMove
from volunteers.queries.evidence import evidence_of
from volunteers.rules.candidacy import ENDS, Obstacle, obstacle_to_move


class MoveRefused(Exception):
    """The candidate cannot be moved so."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True)
class Entry:
    """Somebody to put on the list: typed in, or taken over from the official list of a coming election."""

    party: Party
    person_name: str
    election: Election | None = None
    candidate: Candidate | None = None


@dataclass(frozen=True)
class Decision:
    """What a chapter decided about a candidate, and why, in public words."""

    state: CandidacyState
    reason_en: str = ""
    reason_fr: str = ""
    interest: str = ""


@transaction.atomic
def add_candidate(*, riding_number: int, entry: Entry, now: datetime) -> Candidacy:
    """Put somebody on a riding's list, unless they run there on it already."""
    _lock_riding(riding_number)
    same = {"riding_number": riding_number, "party": entry.party, "person_name": entry.person_name}
    known = Candidacy.objects.filter(**same, election=entry.election).exclude(state__in=ENDS).first()
    if known is not None:
        return known
    return Candidacy.objects.create(
        **same, election=entry.election, candidate=entry.candidate, created_at=now
    )


@transaction.atomic
def move_candidate(*, candidacy_id: int, decision: Decision, by: User | None, now: datetime) -> Candidacy:
    """Move a candidate on or back, and note it with its reason for good.

    All moves of a riding happen one after the other. Asked for twice it happens once: who is there already is not moved.
    Raises: MoveRefused.
    """
    _lock_riding(Candidacy.objects.values_list("riding_number", flat=True).get(pk=candidacy_id))
    candidacy = Candidacy.objects.select_for_update(of=("self",), no_key=True).get(pk=candidacy_id)
    before = candidacy.state
    if before == decision.state:
        return candidacy
    obstacle = obstacle_of(candidacy=candidacy, decision=decision)
    if obstacle is not None:
        raise MoveRefused(obstacle)
    candidacy.state = decision.state
    candidacy.save(update_fields=["state"])
    CandidacyMove.objects.create(
        candidacy=candidacy,
        from_state=before,
        to_state=decision.state,
        reason_en=decision.reason_en.strip(),
        reason_fr=decision.reason_fr.strip(),
        interest=decision.interest.strip(),
        by=by,
        at=now,
    )
    return candidacy


def obstacle_of(*, candidacy: Candidacy, decision: Decision) -> Obstacle | None:
    """Return what is in the way of a decision as things stand; None if it can be taken. Writes nothing."""
    return obstacle_to_move(
        before=candidacy.state,
        after=decision.state,
        reasons=(decision.reason_en, decision.reason_fr),
        evidence=evidence_of(candidacy),
        is_taken=_is_taken(candidacy),
    )


def _is_taken(candidacy: Candidacy) -> bool:
    rivals = Candidacy.objects.filter(
        riding_number=candidacy.riding_number, election=candidacy.election_id, state=CandidacyState.UNITY
    )
    return rivals.exclude(pk=candidacy.pk).exists()


def _lock_riding(number: int) -> None:
    lock_for_transaction(f"volunteers.riding:{number}")
