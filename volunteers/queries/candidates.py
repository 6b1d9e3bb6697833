"""Candidates of a riding as readers see them: state, reasons, stances."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from campaign.enums import PartyRole
from campaign.models import active_language
from volunteers.enums import CandidacyState, InterviewState, StanceTopic, StanceValue
from volunteers.models import Candidacy, CandidacyMove, Chapter, Stance
from volunteers.queries.evidence import PUBLIC
from volunteers.rules.candidacy import BACKED, ENDS

# Who the chapter stands behind comes first, who left the list comes last.
ORDER = (
    CandidacyState.UNITY, CandidacyState.ENDORSED, CandidacyState.ASSESSED, CandidacyState.CONSIDERED,
    CandidacyState.DECLINED, CandidacyState.WITHDRAWN,
)  # fmt: skip


@dataclass(frozen=True)
class StanceView:
    """Where a candidate stands on a fixed question; without `source_url` it was said in an interview of the chapter."""

    topic: str
    question: str
    value: str
    value_label: str
    quote: str
    language: str
    source: str
    source_url: str
    as_of: dt.date


@dataclass(frozen=True)
class MoveView:
    """One decision, without who clicked."""

    at: dt.datetime
    state: str
    state_label: str
    reason: str
    reason_language: str
    interest: str
    asks_for_interest: bool


@dataclass(frozen=True)
class CandidateView:
    """One candidate; `stances` are those that count now, `earlier` what they said before, newest first."""

    pk: int
    name: str
    party: str
    party_code: str
    colour: str
    is_of_cooperating_party: bool
    year: int | None
    state: str
    state_label: str
    interview_count: int
    published_count: int
    stances: tuple[StanceView, ...]
    earlier: tuple[StanceView, ...]
    moves: tuple[MoveView, ...]

    @property
    def is_unity(self) -> bool:
        """Whether this is the unity candidate."""
        return self.state == CandidacyState.UNITY

    @property
    def is_running(self) -> bool:
        """Whether the candidate is still on the way."""
        return self.state not in ENDS


def candidates_of(riding_number: int, *, states: Collection[str] = ORDER) -> tuple[CandidateView, ...]:
    """Return the candidates of a riding in these states: three queries, however many there are."""
    rows = Candidacy.objects.filter(riding_number=riding_number, state__in=states)
    published = Count("interviews", filter=Q(interviews__state=InterviewState.PUBLISHED))
    found = list(
        rows.select_related("party", "election").annotate(
            interview_count=Count("interviews"), published_count=published
        )
    )
    found.sort(
        key=lambda row: (ORDER.index(CandidacyState(row.state)), row.party.display_order, row.person_name)
    )
    if not found:
        return ()
    ids = [row.pk for row in found]
    stances = _by_candidacy(Stance.objects.filter(PUBLIC, candidacy__in=ids).order_by("-as_of", "-pk"))
    moves = _by_candidacy(CandidacyMove.objects.filter(candidacy__in=ids).order_by("-pk"))
    return tuple(_view(row, stances[row.pk], moves[row.pk]) for row in found)


@dataclass(frozen=True)
class Backed:
    """A candidate whom the chapter stands behind."""

    name: str
    party: str
    colour: str
    is_unity: bool


def backed_query(riding_number: int) -> QuerySet[Chapter, Any]:
    """Return the query of whom a riding's chapter stands behind, as one value: part of a larger query."""
    rows = Candidacy.objects.filter(riding_number=OuterRef("riding_number"), state__in=BACKED)
    facts = rows.order_by("party__display_order", "person_name", "pk").values(
        fact=JSONObject(
            name="person_name",
            state="state",
            colour="party__colour",
            party_en="party__short_en",
            party_fr="party__short_fr",
        )
    )
    chapters = Chapter.objects.filter(riding_number=riding_number, closed_at__isnull=True)
    return chapters.values(found=JSONObject(backed=ArraySubquery(facts)))[:1]


def backed_of(found: dict[str, Any] | None) -> tuple[Backed, ...] | None:
    """Return what the query found, the unity candidate first; None where no chapter is."""
    if found is None:
        return None
    party = f"party_{active_language()}"
    backed = [
        Backed(row["name"], row[party], row["colour"], row["state"] == CandidacyState.UNITY)
        for row in found["backed"]
    ]
    return tuple(sorted(backed, key=lambda row: not row.is_unity))


def _by_candidacy(rows: Iterable[object]) -> "defaultdict[int, list[object]]":
    grouped: defaultdict[int, list[object]] = defaultdict(list)
    for row in rows:
        grouped[row.candidacy_id].append(row)  # type: ignore[attr-defined]  # stances and moves have it
    return grouped


def _view(row: Candidacy, stances: list[object], moves: list[object]) -> CandidateView:
    views = [stance_view(stance) for stance in stances if isinstance(stance, Stance)]
    current = {view.topic: view for view in reversed(views)}
    return CandidateView(
        pk=row.pk,
        name=row.person_name,
        party=row.party.short_name,
        party_code=row.party.code,
        colour=row.party.colour,
        is_of_cooperating_party=row.party.role == PartyRole.COOPERATING,
        year=row.election.year if row.election else None,
        state=row.state,
        state_label=row.get_state_display(),
        interview_count=row.interview_count,  # type: ignore[attr-defined]  # annotated
        published_count=row.published_count,  # type: ignore[attr-defined]
        stances=tuple(current[topic] for topic in StanceTopic.values if topic in current),
        earlier=tuple(view for view in views if view is not current[view.topic]),
        moves=tuple(_move_view(move) for move in moves if isinstance(move, CandidacyMove)),
    )


def stance_view(stance: Stance) -> StanceView:
    """Return a stance as it is shown, in the active language."""
    return StanceView(
        topic=stance.topic,
        question=str(StanceTopic(stance.topic).label),
        value=stance.value,
        value_label=str(StanceValue(stance.value).label),
        quote=stance.quote,
        language=stance.language,
        source=stance.source,
        source_url=stance.source_url,
        as_of=stance.as_of,
    )


def _move_view(move: CandidacyMove) -> MoveView:
    return MoveView(
        at=move.at,
        state=move.to_state,
        state_label=str(CandidacyState(move.to_state).label),
        reason=move.reason,
        reason_language=move.reason_language,
        interest=move.interest,
        asks_for_interest=move.to_state in BACKED,
    )
