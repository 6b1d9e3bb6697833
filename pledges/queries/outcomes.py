"""What became of a round, in words and tables."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.models import Party
from coop4canada.templatetags.formats import count
from pledges.enums import BallotMethod, ResultReason
from pledges.models import RecommendationRound, RoundOption, RoundResult
from pledges.rules.counting import NOBODY, TieBreak


@dataclass(frozen=True)
class CountLine:
    """An option in one round of a count; `share` (0–1) is of the valid ballots, `percent` the same for drawings."""

    name: str
    party: Party | None
    votes: int
    share: float
    percent: float
    is_out: bool


@dataclass(frozen=True)
class CountRound:
    """One round of a count, with sentences about who went and where the ballots went."""

    number: int
    lines: tuple[CountLine, ...]
    exhausted: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeView:
    """A result as it is shown; `turnout` 0–1. `rounds` is empty where votes may not be shown."""

    sentence: str
    reason: str
    recommended: RoundOption | None
    eligible: int
    cast: int
    turnout: float
    valid: int | None
    rounds: tuple[CountRound, ...]
    file_digest: str
    counted_at: dt.datetime
    lifted_at: dt.datetime | None


def outcome_view(row: RecommendationRound) -> OutcomeView:
    """Return what is shown of a published round."""
    result = row.result
    options = {option.key: option for option in row.options.select_related("party").order_by("key")}
    return OutcomeView(
        sentence=outcome_sentence(row),
        reason=result.reason,
        recommended=result.option,
        eligible=result.eligible,
        cast=result.cast,
        turnout=result.cast / result.eligible if result.eligible else 0.0,
        valid=result.valid,
        rounds=_count_rounds(result, options),
        file_digest=result.file_digest,
        counted_at=result.counted_at,
        lifted_at=result.lifted_at,
    )


def outcome_sentence(row: RecommendationRound) -> str:
    """Say in one sentence of the active language what a published round means."""
    result, terms = row.result, row.terms
    names = {option.key: option.name for option in row.options.order_by("key")}
    leader = option_name(result.leader, names) if result.leader else ""
    values = {
        "name": result.option.name if result.option else leader,
        "party": result.option.party.name if result.option else "",
        "leader": leader,
        "cast": count(result.cast),
        "eligible": count(result.eligible),
        "quorum": count(terms.quorum_ballots),
        "quorum_percent": terms.quorum_percent,
        "threshold": terms.threshold_percent,
        "minimum": count(terms.minimum_ballots),
        "tied": joined([option_name(key, names) for key in result.tied]),
    }
    return _sentence(ResultReason(result.reason)) % values


def _sentence(reason: ResultReason) -> str:
    sentences = {
        ResultReason.RECOMMENDED: _("The pledgers of this riding recommend %(name)s (%(party)s)."),
        ResultReason.NOBODY_CHOSEN: _("The pledgers of this riding chose to recommend nobody yet."),
        ResultReason.TIE: _(
            "The vote ended in a tie (%(tied)s). Nobody is recommended, and no lot is drawn."
        ),
        ResultReason.BELOW_THRESHOLD: _(
            "%(leader)s had the most votes, but less than the %(threshold)s %% of the valid ballots "
            "that this round asks for. Nobody is recommended."
        ),
        ResultReason.QUORUM_MISSED: _(
            "Too few took part: %(cast)s of %(eligible)s. This round asks for %(quorum)s ballots and "
            "%(quorum_percent)s %% of those eligible. Nobody is recommended."
        ),
        ResultReason.TOO_FEW: _(
            "Fewer than %(minimum)s ballots were cast. No votes are shown, so that nobody learns who "
            "chose what, and nobody is recommended."
        ),
        ResultReason.NO_CANDIDATE_LEFT: _("Every candidate on the ballot withdrew. Nobody is recommended."),
        ResultReason.WITHDRAWN_DECIDES: _(
            "A candidate withdrew after closing, and the ballots for that candidate could have changed "
            "who leads. The count stands for nothing, and nobody is recommended."
        ),
        ResultReason.LIFTED: _(
            "%(leader)s was recommended, and has withdrawn since. The recommendation is lifted; nobody "
            "moves up without a new round."
        ),
    }
    return sentences[reason]


def option_name(key: str, names: Mapping[str, str]) -> str:
    """Return the name of an option by its key."""
    return _("no recommendation yet") if key == NOBODY else names.get(key, key)


def joined(names: list[str]) -> str:
    """Return names as they stand in a sentence: `A`, `A and B`, `A, B and C`."""
    if len(names) < 2:  # noqa: PLR2004 — nothing to join
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def method_in_words(row: RecommendationRound) -> str:
    """Explain how the ballots of a round are marked and counted."""
    return {
        BallotMethod.SINGLE: _(
            "Everybody chooses one option. The one with the most votes has won, if it reaches the threshold."
        ),
        BallotMethod.APPROVAL: _(
            "Everybody ticks every option that they could support. The one with the most marks has won,"
            " if it reaches the threshold."
        ),
        BallotMethod.RANKED: _(
            "Everybody ranks as many options as they like. Each ballot counts for its first one; the "
            "option with the fewest votes goes, and its ballots pass to the next option on them, until "
            "one has more than half of the votes and reaches the threshold, or two are left."
        ),
    }[BallotMethod(row.method)]


def _count_rounds(result: RoundResult, options: Mapping[str, RoundOption]) -> tuple[CountRound, ...]:
    names = {key: option.name for key, option in options.items()}
    valid = result.valid or 0
    return tuple(
        CountRound(
            number=number,
            lines=_lines(record, options, valid),
            exhausted=record["exhausted"],
            sentences=_sentences(record, names),
        )
        for number, record in enumerate(result.rounds, start=1)
    )


def _lines(
    record: Mapping[str, Any], options: Mapping[str, RoundOption], valid: int
) -> tuple[CountLine, ...]:
    names = {key: option.name for key, option in options.items()}
    ordered = sorted(record["votes"].items(), key=lambda item: (-item[1], item[0] == NOBODY, item[0]))
    return tuple(
        CountLine(
            name=option_name(key, names),
            party=options[key].party if key in options else None,
            votes=votes,
            share=votes / valid if valid else 0.0,
            percent=round(100 * votes / valid, 1) if valid else 0.0,
            is_out=key in record["eliminated"],
        )
        for key, votes in ordered
    )


def _sentences(record: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    out = record["eliminated"]
    if not out:
        return ()
    gone = joined([option_name(key, names) for key in out])
    sentences = [
        ngettext(
            "Out with the fewest votes: %(names)s.",
            "Out together with the fewest votes: %(names)s.",
            len(out),
        )
        % {"names": gone}
    ]
    if record["broken_by"] == TieBreak.FORMER_ROUND:
        sentences.append(_("Level at the bottom; the one with fewer votes in a former round goes."))
    sentences += [_moved(key, record["transfers"][key], names) for key in out if record["transfers"].get(key)]
    return tuple(sentences)


def _moved(key: str, moved: Mapping[str, int], names: Mapping[str, str]) -> str:
    parts = [
        _("%(number)s to %(name)s") % {"number": count(number), "name": option_name(to, names)}
        if to
        else ngettext(
            "%(number)s names nobody else who is still in",
            "%(number)s name nobody else who is still in",
            number,
        )
        % {"number": count(number)}
        # What is kept as JSON has lost its order.
        for to, number in sorted(moved.items(), key=lambda item: (not item[0], -item[1], item[0]))
    ]
    return _("The ballots of %(name)s: %(parts)s.") % {
        "name": option_name(key, names),
        "parts": "; ".join(parts),
    }
