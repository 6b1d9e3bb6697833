"""Past results of a riding as charts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaign.models import Party
from ridings.enums import ResultBasis
from ridings.models import Election, Result, Riding, RidingOverlap, Turnout
from ridings.queries.sentences import points
from ridings.rules.votes import ranked, shares_of

# A former riding is shown if at least this part of today's riding lay in it.
LEAST_OVERLAP = 0.10
MOST_FORMER = 3


@dataclass(frozen=True)
class Bar:
    """One party's bar in a chart: votes and their share 0–1."""

    code: str
    party: str
    colour: str
    votes: int
    share: float


@dataclass(frozen=True)
class ResultChart:
    """The votes of one election in one riding, parties by votes; `former_riding` is set on former boundaries.

    `overlap_share` (0–1) is the part of today's riding that lay in the former one. `turnout_share` may be None.
    """

    year: int
    election_number: int
    basis: str
    basis_code: str
    is_estimate: bool
    bars: tuple[Bar, ...]
    valid: int
    turnout_share: float | None
    summary: str
    former_riding: Riding | None = None
    overlap_share: float | None = None


def charts_of(riding: Riding, parties: Mapping[str, Party]) -> tuple[ResultChart, ...]:
    """Return a chart of every election whose votes are known on the riding's own boundaries, newest first."""
    return _charts([riding], parties)


def former_charts_of(riding: Riding, parties: Mapping[str, Party]) -> tuple[ResultChart, ...]:
    """Return charts of earlier elections in the former ridings that today's riding was made of.

    Newest boundaries first, then the largest part, then the newest election; only votes actually cast there.
    """
    overlaps = list(
        RidingOverlap.objects.filter(riding=riding, area_share__gte=LEAST_OVERLAP)
        .select_related("former__boundary_set")
        .order_by("-area_share")
    )
    shares = {overlap.former_id: overlap.area_share for overlap in overlaps}
    return _charts([overlap.former for overlap in overlaps], parties, shares)


def _charts(
    ridings: Iterable[Riding], parties: Mapping[str, Party], shares: Mapping[int, float] | None = None
) -> tuple[ResultChart, ...]:
    by_key = {riding.pk: riding for riding in ridings}
    results = Result.objects.filter(riding__in=by_key)
    if shares is not None:
        results = results.filter(basis=ResultBasis.ACTUAL)
    votes: dict[tuple[int, int], dict[str, int]] = {}
    bases: dict[tuple[int, int], str] = {}
    for election, riding, code, count, basis in results.values_list(
        "election_id", "riding_id", "party__code", "votes", "basis"
    ):
        votes.setdefault((election, riding), {})[code] = count
        bases[election, riding] = basis
    elections = Election.objects.in_bulk({election for election, _riding in votes})
    turnouts = {(row.election_id, row.riding_id): row for row in Turnout.objects.filter(riding__in=by_key)}
    part = shares or {}
    order = sorted(votes, key=lambda key: (-part.get(key[1], 0.0), -elections[key[0]].number))
    order.sort(key=lambda key: by_key[key[1]].boundary_set.code, reverse=True)
    return tuple(
        _chart(
            elections[key[0]],
            votes[key],
            bases[key],
            turnouts.get(key),
            parties,
            _former(by_key[key[1]], shares),
        )
        for key in order
    )


def _former(riding: Riding, shares: Mapping[int, float] | None) -> tuple[Riding, float] | None:
    return (riding, shares[riding.pk]) if shares else None


def _chart(
    election: Election,
    votes: Mapping[str, int],
    basis: str,
    turnout: Turnout | None,
    parties: Mapping[str, Party],
    former: tuple[Riding, float] | None,
) -> ResultChart:
    bars = _bars(votes, parties)
    valid = sum(votes.values())
    cast = (turnout.valid + (turnout.rejected or 0)) if turnout else valid
    return ResultChart(
        year=election.year,
        election_number=election.number,
        basis=str(ResultBasis(basis).label),
        basis_code=basis,
        is_estimate=basis == ResultBasis.COMPUTED,
        bars=bars,
        valid=valid,
        turnout_share=cast / turnout.electors if turnout and turnout.electors else None,
        summary=_summary(bars, election.year, parties),
        former_riding=former[0] if former else None,
        overlap_share=former[1] if former else None,
    )


def _bars(votes: Mapping[str, int], parties: Mapping[str, Party]) -> tuple[Bar, ...]:
    shares = shares_of(votes)
    return tuple(
        Bar(code, parties[code].short_name, parties[code].colour, votes[code], shares[code])
        for code in ranked(shares)
        if votes[code]
    )


def _summary(bars: tuple[Bar, ...], year: int, parties: Mapping[str, Party]) -> str:
    if not bars:
        return _("No votes were cast in %(year)s.") % {"year": year}
    filled = {
        "year": year,
        "winner": parties[bars[0].code].phrase,
        "votes": number_format(bars[0].votes, use_l10n=True),
    }
    if len(bars) == 1:
        return capfirst(_("%(winner)s won in %(year)s with all %(votes)s votes.") % filled)
    filled |= {"runner_up": parties[bars[1].code].phrase, "lead": points(bars[0].share - bars[1].share)}
    text = _("%(winner)s won in %(year)s with %(votes)s votes, %(lead)s points ahead of %(runner_up)s.")
    return capfirst(text % filled)
