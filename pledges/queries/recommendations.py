"""Rounds and recommendations as anybody may see them."""

import datetime as dt
import gzip
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from coop4canada.kit.clock import now
from coop4canada.kit.panels import Records
from pledges.enums import RoundState
from pledges.models import RecommendationRound, RollEntry, RoundEvidence, RoundOption, RoundResult
from pledges.queries.outcomes import OutcomeView, method_in_words, outcome_sentence, outcome_view
from pledges.rules.round_states import LIVE
from ridings.models import Riding
from ridings.queries.codes import live_ridings
from ridings.queries.recommended import Recommended
from supporters.models import Supporter

MOST_LISTED = 400
SHOWN = [*LIVE, RoundState.PUBLISHED, RoundState.CANCELLED]


@dataclass(frozen=True)
class RoundPage:
    """A round with its riding, candidates and, once published, its outcome; `earlier` rounds newest first."""

    row: RecommendationRound
    riding: Riding | None
    options: tuple[RoundOption, ...]
    evidence: tuple[RoundEvidence, ...]
    method: str
    outcome: OutcomeView | None
    earlier: tuple[RecommendationRound, ...]

    @property
    def name(self) -> str:
        """Name of the riding, or its number where it is no more."""
        return self.riding.name if self.riding else str(self.row.riding_number)


@dataclass(frozen=True)
class ListedRound:
    """A round in the list; `candidate` and `party` are set where it recommends somebody, and it stands."""

    row: RecommendationRound
    name: str
    recommended: RoundOption | None


@dataclass(frozen=True)
class RoundsPage:
    """All rounds by what one can do with them."""

    recommended: tuple[ListedRound, ...]
    live: tuple[ListedRound, ...]
    others: tuple[ListedRound, ...]


@dataclass(frozen=True)
class RidingRounds:
    """What a riding's page shows: the round under way, and what stands."""

    live: RecommendationRound | None
    standing: RecommendationRound | None
    is_over: bool


def round_page(number: int, round_id: int | None = None) -> RoundPage | None:
    """Return a round of a riding that is not a draft: the newest, or a certain one; None if there is none."""
    rows = list(_shown().filter(riding_number=number).order_by("-pk"))
    row = next((one for one in rows if round_id in {None, one.pk}), None)
    if row is None:
        return None
    return RoundPage(
        row=row,
        riding=live_ridings([number]).get(number),
        options=tuple(row.options.select_related("party").order_by("party__display_order", "name")),
        evidence=tuple(row.evidence.order_by("pk")),
        method=method_in_words(row),
        outcome=outcome_view(row) if row.state == RoundState.PUBLISHED else None,
        earlier=tuple(one for one in rows if one.pk != row.pk),
    )


def rounds_page(today: dt.date) -> RoundsPage:
    """Return every round that is not a draft; the newest of a riding stands."""
    rows = list(_shown().order_by("-pk")[:MOST_LISTED])
    names = {
        riding.number: riding.name for riding in live_ridings({row.riding_number for row in rows}).values()
    }
    standing = {row.pk for row in _standing(rows, today)}
    listed = [
        ListedRound(
            row,
            names.get(row.riding_number, str(row.riding_number)),
            row.result.option if row.pk in standing else None,
        )
        for row in rows
    ]
    listed.sort(key=lambda one: (one.row.riding_number, -one.row.pk))
    return RoundsPage(
        recommended=tuple(one for one in listed if one.recommended),
        live=tuple(one for one in listed if one.row.state in LIVE),
        others=tuple(one for one in listed if not one.recommended and one.row.state not in LIVE),
    )


def riding_rounds(number: int, today: dt.date) -> RidingRounds | None:
    """Return what the page of a riding shows, by one query; None if there is nothing."""
    rows = list(_shown().exclude(state=RoundState.CANCELLED).filter(riding_number=number).order_by("-pk"))
    live = next((row for row in rows if row.state in LIVE), None)
    standing = next((row for row in rows if row.state == RoundState.PUBLISHED), None)
    if live is None and standing is None:
        return None
    return RidingRounds(live, standing, standing is not None and standing.election_on < today)


def recommended() -> dict[int, Recommended]:
    """Return who is recommended by FED number, by one query; `PledgesConfig` lends this to the map."""
    rows = _shown().filter(state=RoundState.PUBLISHED, election_on__gte=now().date()).order_by("-pk")
    return {row.riding_number: _facts(row) for row in _standing(list(rows), now().date())}


def recommendation_words(
    *, riding_numbers: Collection[int], published_before: dt.datetime
) -> dict[int, dict[str, str]]:
    """Return what reminders to vote say of the recommendations that stood at a moment, by FED number."""
    rows = _shown().filter(
        state=RoundState.PUBLISHED, riding_number__in=riding_numbers, published_at__lt=published_before
    )
    standing = _standing(list(rows.order_by("-pk")), published_before.date())
    facts = {row.riding_number: _facts(row) for row in standing}
    return {
        number: {
            "text_en": f"{one.name} ({one.party_en})",
            "text_fr": f"{one.name} ({one.party_fr})",
            "path_en": one.path,
            "path_fr": f"/fr{one.path}",
        }
        for number, one in facts.items()
    }


def _standing(rows: list[RecommendationRound], today: dt.date) -> list[RecommendationRound]:
    """Return the rounds that recommend somebody now; `rows` newest first: a newer result takes an older one's place."""
    newest: dict[int, RecommendationRound] = {}
    for row in rows:
        if row.state == RoundState.PUBLISHED:
            newest.setdefault(row.riding_number, row)
    return [row for row in newest.values() if row.result.option is not None and row.election_on >= today]


def _facts(row: RecommendationRound) -> Recommended:
    option, published = row.result.option, row.published_at
    assert option is not None  # noqa: S101 — only rounds that recommend somebody come here
    assert published is not None  # noqa: S101 — only published ones do
    with translation.override("en"):
        path = reverse("recommendations:page", args=[row.riding_number])
    return Recommended(
        name=option.name,
        party=option.party.code,
        party_en=option.party.short_en,
        party_fr=option.party.short_fr,
        colour=option.party.colour,
        published_on=published.date(),
        path=path,
    )


def _shown() -> QuerySet[RecommendationRound]:
    rows = RecommendationRound.objects.filter(state__in=SHOWN)
    return rows.select_related("result__option__party").defer("result__file")


def ballot_file(number: int, round_id: int) -> bytes | None:
    """Return the published ballot file of a round; None if there is none."""
    results = RoundResult.objects.filter(
        round_id=round_id, round__riding_number=number, round__state=RoundState.PUBLISHED
    )
    packed = results.values_list("file", flat=True).first()
    return None if packed is None else gzip.decompress(packed)


def public_recommendation(number: int) -> dict[str, Any] | None:
    """Return the newest published result of a riding for the API; None if there is none."""
    rows = _shown().filter(riding_number=number, state=RoundState.PUBLISHED)
    row = rows.order_by("-pk").first()
    if row is None:
        return None
    result = row.result
    sentences = {}
    for language in ("en", "fr"):
        with translation.override(language):
            sentences[f"outcome_{language}"] = outcome_sentence(row)
    return {
        "number": row.riding_number,
        "round": row.pk,
        "election_en": row.election_en,
        "election_fr": row.election_fr,
        "published_at": row.published_at,
        "lifted_at": result.lifted_at,
        "method": row.method,
        "reason": result.reason,
        "candidate": result.option.name if result.option else None,
        "party": result.option.party.code if result.option else None,
        "eligible": result.eligible,
        "cast": result.cast,
        "valid": result.valid,
        "ballots": file_path(row) if result.file_digest else None,
        "ballots_sha256": result.file_digest or None,
        **sentences,
    }


def file_path(row: RecommendationRound) -> str:
    """Return the address of the ballot file, the same in both languages."""
    with translation.override("en"):
        return reverse("recommendations:file", args=[row.riding_number, row.pk])


def roll_records(*, supporter: Supporter) -> Records:
    """Return in which rounds a person could vote; what they voted, if they did, nobody can tell."""
    entries = RollEntry.objects.filter(pledge__supporter=supporter).select_related("round").order_by("pk")
    rows = tuple(
        (
            entry.round.election,
            str(entry.round.riding_number),
            entry.round.opened_at.isoformat(timespec="seconds") if entry.round.opened_at else "",
        )
        for entry in entries
    )
    columns = (_("Election"), _("Riding (FED number)"), _("On the roll since"))
    return Records(_("Recommendation rounds"), columns, rows)
