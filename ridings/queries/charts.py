"""Past results of a riding as charts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaign.models import Party
from ridings.enums import ResultBasis
from ridings.models import Result, Riding, RidingOverlap, Turnout
from ridings.queries.sentences import points
from ridings.rules.votes import ranked, shares_of

# A former riding is shown if at least this part of today's riding lay in it.
LEAST_OVERLAP = 0.10
MOST_FORMER = 3


@dataclass(frozen=True)
class Held:
    """Ordinal number and year of an election."""

    number: int
    year: int


@dataclass(frozen=True)
class Cast:
    """Ballots of a riding in an election, and electors on lists; None where unknown."""

    electors: int | None
    valid: int
    rejected: int | None


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


def charts_of(
    riding: Riding, parties: Mapping[str, Party]
) -> tuple[tuple[ResultChart, ...], tuple[ResultChart, ...]]:
    """Return charts on the riding's own boundaries, and in the former ridings that it was made of.

    The first are newest first. The second are by newest boundaries, then the largest part, then the newest
    election, and only show votes actually cast there.
    """
    parts = _former_parts(riding)
    by_key = {riding.pk: riding, **{former.pk: former for former, _share in parts}}
    shares = {former.pk: share for former, share in parts}
    votes, bases, elections, turnouts = _votes(riding, by_key)
    order = sorted(votes, key=lambda key: (-shares.get(key[1], 1.0), -elections[key[0]].number))
    order.sort(key=lambda key: by_key[key[1]].boundary_set.code, reverse=True)
    charts = []
    for key in order:
        former = (by_key[key[1]], shares[key[1]]) if key[1] in shares else None
        charts.append(_chart(elections[key[0]], votes[key], bases[key], turnouts.get(key), parties, former))
    own = tuple(chart for chart in charts if chart.former_riding is None)
    return own, tuple(chart for chart in charts if chart.former_riding)


def _former_parts(riding: Riding) -> list[tuple[Riding, float]]:
    overlaps = RidingOverlap.objects.filter(riding=riding, area_share__gte=LEAST_OVERLAP)
    return [(row.former, row.area_share) for row in overlaps.select_related("former__boundary_set")]


Key = tuple[int, int]


def _votes(
    riding: Riding, ridings: Iterable[int]
) -> tuple[dict[Key, dict[str, int]], dict[Key, str], dict[int, Held], dict[Key, Cast]]:
    """Return votes by party, basis and ballots by (election, riding), and facts by election, all by keys of rows.

    One query: the page of a riding has few to spend.
    """
    votes: dict[Key, dict[str, int]] = {}
    bases: dict[Key, str] = {}
    elections: dict[int, Held] = {}
    turnouts: dict[Key, Cast] = {}
    own_or_actual = Q(riding=riding) | Q(basis=ResultBasis.ACTUAL)
    rows = Result.objects.filter(own_or_actual, riding__in=ridings)
    columns = (
        "election_id",
        "election__number",
        "election__held_on",
        "riding_id",
        "party__code",
        "votes",
        "basis",
        "cast",
    )
    for election, number, held_on, where, code, count, basis, cast in rows.annotate(cast=_cast()).values_list(
        *columns
    ):
        elections[election] = Held(number, held_on.year)
        votes.setdefault((election, where), {})[code] = count
        bases[election, where] = basis
        if cast is not None:
            turnouts[election, where] = Cast(**cast)
    return votes, bases, elections, turnouts


def _cast() -> Subquery:
    here = Turnout.objects.filter(election=OuterRef("election"), riding=OuterRef("riding"))
    return Subquery(here.values(cast=JSONObject(electors="electors", valid="valid", rejected="rejected"))[:1])


def _chart(
    election: Held,
    votes: Mapping[str, int],
    basis: str,
    turnout: Cast | None,
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
