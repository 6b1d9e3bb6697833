"""What leads and interviewers see of their own riding."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from campaign.enums import PartyRole
from ridings.models import Candidate, Election, Riding
from ridings.queries.codes import live_ridings
from supporters.enums import RidingRoleKind
from supporters.queries.roles import RoleHolder, holders_of
from volunteers.enums import CandidacyState, StanceTopic
from volunteers.models import Candidacy, Chapter, Interview, QuestionSet
from volunteers.queries.candidates import CandidateView, candidates_of
from volunteers.queries.chapters import TaskView, done_of, live_chapter, task_views
from volunteers.queries.evidence import evidence_of
from volunteers.rules.candidacy import MOVES, Evidence
from volunteers.rules.tasks import TICKED


@dataclass(frozen=True)
class Check:
    """A task on the list: whether it is ticked by hand, and by whom, when, with which note it was."""

    view: TaskView
    is_ticked_by_hand: bool
    by: str
    at: dt.datetime | None
    note: str


@dataclass(frozen=True)
class Workspace:
    """A chapter from inside; an interviewer sees less of it on the page."""

    chapter: Chapter
    riding: Riding
    checks: tuple[Check, ...]
    candidates: tuple[CandidateView, ...]
    interviewers: tuple[RoleHolder, ...]
    is_lead: bool

    @property
    def next_check(self) -> Check | None:
        """What is to be done next."""
        return next((check for check in self.checks if check.view.is_next), None)

    @property
    def done_count(self) -> int:
        """How many tasks are done."""
        return sum(check.view.is_done for check in self.checks)


@dataclass(frozen=True)
class SaidView:
    """A question and what was answered; `value_label` for the fixed questions only."""

    question: str
    value_label: str
    text: str
    language: str


@dataclass(frozen=True)
class CandidateWork:
    """One candidate from inside: drafts too, and which moves there are."""

    candidacy: Candidacy
    view: CandidateView
    interviews: tuple[Interview, ...]
    moves: tuple[tuple[str, str], ...]
    evidence: Evidence


def workspace(riding_number: int, *, is_lead: bool) -> Workspace | None:
    """Return the workspace of a riding's chapter, or None where there is none."""
    chapter = live_chapter(riding_number)
    riding = live_ridings([riding_number]).get(riding_number)
    if chapter is None or riding is None:
        return None
    candidates = candidates_of(riding_number)
    return Workspace(
        chapter=chapter,
        riding=riding,
        checks=_checks(chapter, candidates),
        candidates=candidates,
        interviewers=interviewers_of(riding_number),
        is_lead=is_lead,
    )


def _checks(chapter: Chapter, candidates: tuple[CandidateView, ...]) -> tuple[Check, ...]:
    ticks = {tick.task: tick for tick in chapter.ticks.select_related("by")}
    views = task_views(done_of(chapter, candidates))
    rows = ((view, ticks.get(view.task)) for view in views)
    return tuple(
        Check(
            view=view,
            is_ticked_by_hand=view.task in TICKED,
            by=(tick.by.name or tick.by.email) if tick and tick.by else "",
            at=tick.at if tick else None,
            note=tick.note if tick else "",
        )
        for view, tick in rows
    )


def candidate_work(riding_number: int, candidacy_id: int) -> CandidateWork | None:
    """Return a candidate of this very riding, or None."""
    rows = Candidacy.objects.select_related("party", "election")
    candidacy = rows.filter(pk=candidacy_id, riding_number=riding_number).first()
    if candidacy is None or live_chapter(riding_number) is None:
        return None
    view = next(one for one in candidates_of(riding_number) if one.pk == candidacy.pk)
    moves = tuple((state.value, str(state.label)) for state in MOVES[CandidacyState(candidacy.state)])
    interviews = candidacy.interviews.order_by("-held_on", "-pk")
    return CandidateWork(candidacy, view, tuple(interviews), moves, evidence_of(candidacy))


def interview_of(riding_number: int, interview_id: int) -> Interview | None:
    """Return an interview of this very riding, or None."""
    rows = Interview.objects.select_related("candidacy__party", "question_set")
    here = rows.filter(candidacy__riding_number=riding_number, pk=interview_id)
    return here.first() if live_chapter(riding_number) else None


def said_in(interview: Interview) -> tuple[SaidView, ...]:
    """Return what was answered, the fixed questions first: what a draft will show to the public."""
    stances = interview.stances.order_by("topic")
    answers = interview.answers.select_related("question").order_by("question__display_order", "pk")
    return (
        *(
            SaidView(str(StanceTopic(row.topic).label), row.get_value_display(), row.quote, row.language)
            for row in stances
        ),
        *(SaidView(row.question.text, "", row.text, row.language) for row in answers),
    )


def interviewers_of(riding_number: int) -> tuple[RoleHolder, ...]:
    """Return who interviews candidates in a riding."""
    return holders_of(riding_number, RidingRoleKind.INTERVIEWER)


def questions_for(riding_number: int, set_id: int | None) -> QuestionSet | None:
    """Return a set with which a form of this riding was opened; that of the chapter where none is named."""
    chapter = live_chapter(riding_number)
    if set_id is None:
        return chapter.question_set if chapter else None
    sets = QuestionSet.objects.filter(Q(riding_number__isnull=True) | Q(riding_number=riding_number))
    return sets.filter(pk=set_id).first()


def offered_sets(riding_number: int) -> tuple[QuestionSet, ...]:
    """Return the sets a chapter can choose: those for all, and its own."""
    sets = QuestionSet.objects.filter(is_offered=True, riding_number__isnull=True)
    own = QuestionSet.objects.filter(is_offered=True, riding_number=riding_number)
    return (*sets.order_by("pk"), *own.order_by("-pk"))


def official_candidates(riding_number: int, today: dt.date) -> tuple[Candidate, ...]:
    """Return those who stand here at a coming election by the official list and are not yet taken over."""
    rows = Candidate.objects.filter(riding__number=riding_number, election__held_on__gte=today)
    rows = rows.exclude(party__role=PartyRole.TARGET).select_related("party", "election")
    taken = Candidacy.objects.filter(riding_number=riding_number, candidate__isnull=False)
    return tuple(rows.exclude(pk__in=taken.values("candidate")).order_by("party__display_order", "name"))


def coming_elections(today: dt.date) -> tuple[Election, ...]:
    """Return the elections that are still to be held."""
    return tuple(Election.objects.filter(held_on__gte=today).order_by("held_on"))
