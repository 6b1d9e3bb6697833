"""The page of a published or retracted poll."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaign.models import Party
from campaign.queries import ShareBox, parties_by_code, words_to_share
from coop4canada.templatetags.formats import points
from polls.enums import Answer, Basis, PollState
from polls.models import Poll, PollQuestion, PollReading
from polls.queries.facts import FactLine, fact_lines
from polls.queries.gate import questions_of, readings_of
from polls.queries.published import ShownShare, shown_shares
from polls.rules.sampling import differs, lead_margin, margin_of_error
from polls.rules.toplines import topline_of
from ridings.queries.comparison import comparison_of


@dataclass(frozen=True)
class Line:
    """An answer in a table: its name, colour ("" for none) and its share 0–1 in every column, None where it has none."""

    name: str
    colour: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class Table:
    """Shares by answer; `bases` are the people of every column, None where that is not known."""

    title: str
    columns: tuple[str, ...]
    bases: tuple[int | None, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class QuestionView:
    """A question, its shares among everybody by basis, and its crosstabs, one table for each basis."""

    place: int
    wording: str
    is_vote_intention: bool
    toplines: Table | None
    crosstabs: tuple[Table, ...]


@dataclass(frozen=True)
class ComparedShare:
    """A party in the poll, in the last result and in the projection, each 0–1 or None; `change` since the result."""

    name: str
    colour: str
    polled: float
    last: float | None
    projected: float | None
    change: float | None


@dataclass(frozen=True)
class VoteView:
    """The vote among decided and leaning people, as it is drawn and compared."""

    basis: str
    base: int
    shares: tuple[ShownShare, ...]
    headline: str
    compared: tuple[ComparedShare, ...]
    year: int | None
    has_projection: bool


@dataclass(frozen=True)
class PollPage:
    """A poll with all its facts; without vote and questions once it is retracted."""

    poll: Poll
    is_retracted: bool
    facts: tuple[FactLine, ...]
    computed_margin: float | None
    is_margin_other: bool
    vote: VoteView | None
    questions: tuple[QuestionView, ...]
    share: ShareBox


def public_poll(pk: int) -> Poll | None:
    """Return a poll that the public sees: published, or retracted with its reason."""
    seen = Poll.objects.exclude(state=PollState.DRAFT)
    return seen.select_related("riding__boundary_set", "project").filter(pk=pk).first()


def poll_page(pk: int) -> PollPage | None:
    """Return the page of a poll, or None before it is published."""
    poll = public_poll(pk)
    if poll is None:
        return None
    is_retracted = poll.state == PollState.RETRACTED
    questions = questions_of(poll)
    computed = margin_of_error(poll.sample_size) if poll.is_probability and poll.sample_size else None
    stated = poll.margin_of_error
    parties = parties_by_code()
    return PollPage(
        poll=poll,
        is_retracted=is_retracted,
        facts=fact_lines(poll),
        computed_margin=computed,
        is_margin_other=computed is not None and stated is not None and differs(stated, computed),
        vote=None if is_retracted else _vote(poll, questions),
        # Of a retracted poll only the wording is left.
        questions=tuple(
            _question(question, [] if is_retracted else list(question.readings.all()), parties)
            for question in questions
        ),
        share=_share(poll),
    )


def _share(poll: Poll) -> ShareBox:
    # No figure: it would stand there without the facts that the law wants beside it.
    title = _("A poll of %(riding)s") % {"riding": poll.riding.name}
    link = settings.SITE_URL.rstrip("/") + poll.get_absolute_url()
    return words_to_share(_("{title}: see what people there say. {link}"), title=title, link=link)


def _vote(poll: Poll, questions: Sequence[PollQuestion]) -> VoteView | None:
    question = next((one for one in questions if one.is_vote_intention), None)
    topline = topline_of(readings_of(question), poll.sample_size or 1) if question else None
    if question is None or topline is None:
        return None
    shares = shown_shares(topline, question.readings.all(), has_intervals=bool(poll.is_probability))
    compared, year, has_projection = _compared(poll, shares)
    return VoteView(
        basis=str(topline.basis.label),
        base=topline.base,
        shares=shares,
        headline=_headline(shares, topline.base, has_margin=bool(poll.is_probability)),
        compared=compared,
        year=year,
        has_projection=has_projection,
    )


def _headline(shares: Sequence[ShownShare], base: int, *, has_margin: bool) -> str:
    """Say who is ahead; never that somebody leads where chance alone may have made the distance."""
    if len(shares) == 1:
        return ""
    first, second = shares[:2]
    lead = first.share - second.share
    said = {"leader": first.phrase, "second": second.phrase, "lead": points(lead).lstrip("+")}
    if not has_margin:
        return capfirst(_("%(leader)s came %(lead)s points ahead of %(second)s in this poll.") % said)
    margin = lead_margin(first.share, second.share, base)
    said["margin"] = points(margin).lstrip("+")
    if lead <= margin:
        text = _(
            "%(leader)s and %(second)s are too close to call: their distance of %(lead)s points is within its margin of "
            "±%(margin)s."
        )
    else:
        text = _(
            "%(leader)s came %(lead)s points ahead of %(second)s; the margin of that distance is ±%(margin)s points."
        )
    return capfirst(text % said)


def _compared(poll: Poll, shares: Sequence[ShownShare]) -> tuple[tuple[ComparedShare, ...], int | None, bool]:
    other = comparison_of(poll.riding)
    rows = tuple(
        ComparedShare(
            name=one.name,
            colour=one.colour,
            polled=one.share,
            last=other.last.get(one.code),
            projected=other.projected.get(one.code),
            change=one.share - other.last[one.code] if one.code in other.last else None,
        )
        for one in shares
    )
    return rows, other.year, bool(other.projected)


def _question(
    question: PollQuestion, readings: Sequence[PollReading], parties: Mapping[str, Party]
) -> QuestionView:
    order = {code: place for place, code in enumerate([*parties, *Answer.values])}
    everybody = [row for row in readings if not row.group]
    bases = [basis for basis in Basis if any(row.basis == basis for row in everybody)]
    toplines = _table(
        "", [(str(basis.label), [row for row in everybody if row.basis == basis]) for basis in bases], order
    )
    crosstabs = []
    for basis in Basis:
        groups: dict[str, list[PollReading]] = defaultdict(list)
        for row in readings:
            if row.basis == basis:
                groups[row.group].append(row)
        if len(groups) > 1 or (groups and "" not in groups):
            columns = [(name or _("Everybody"), rows) for name, rows in sorted(groups.items(), key=_by_entry)]
            crosstabs.append(_table(str(basis.label), columns, order))
    return QuestionView(
        place=question.place,
        wording=question.wording,
        is_vote_intention=question.is_vote_intention,
        toplines=toplines if everybody else None,
        crosstabs=tuple(crosstabs),
    )


def _by_entry(entry: tuple[str, list[PollReading]]) -> tuple[bool, int]:
    """Put everybody first, then groups as they were entered."""
    name, rows = entry
    return bool(name), min(row.pk for row in rows)


def _table(title: str, columns: Sequence[tuple[str, list[PollReading]]], order: Mapping[str, int]) -> Table:
    answers: dict[str, Party | None] = {}
    shares: list[dict[str, float]] = []
    for _name, rows in columns:
        for row in rows:
            answers[row.party.code if row.party else row.answer] = row.party
        shares.append({(row.party.code if row.party else row.answer): row.share for row in rows})
    named = sorted(answers, key=lambda answer: order[answer])
    return Table(
        title=title,
        columns=tuple(name for name, _rows in columns),
        bases=tuple(rows[0].base_count for _name, rows in columns),
        lines=tuple(
            Line(
                name=party.short_name if (party := answers[answer]) else str(Answer(answer).label),
                colour=party.colour if party else "",
                shares=tuple(column.get(answer) for column in shares),
            )
            for answer in named
        ),
    )
