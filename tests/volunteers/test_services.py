"""Chapters, candidates, interviews, decisions: what is written, and what is refused."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from ridings.models import BoundarySet
from supporters.enums import RidingRoleKind
from supporters.services import grant_role
from tests import make, people
from tests.volunteers import build
from volunteers.enums import CandidacyState as State
from volunteers.enums import ChapterTask
from volunteers.models import (
    Answer,
    Candidacy,
    CandidacyMove,
    Chapter,
    Interview,
    QuestionSet,
    Stance,
    TaskDone,
)
from volunteers.queries import candidates_of, live_chapter
from volunteers.rules.candidacy import Obstacle
from volunteers.services import (
    AlreadyPublished,
    ChapterDetails,
    Decision,
    MoveRefused,
    NothingToPublish,
    Record,
    Said,
    choose_questions,
    close_chapter,
    describe_chapter,
    move_candidate,
    publish_interview,
    save_interview,
    tick_task,
    untick_task,
)

db = pytest.mark.django_db


@db
def test_the_first_lead_begins_a_chapter_and_others_do_not() -> None:
    people.chantal()
    people.igor()
    assert Chapter.objects.count() == 0

    people.lena()
    people.holder("second@example.org", RidingRoleKind.CHAPTER_LEAD, 35075)

    assert list(Chapter.objects.values_list("riding_number", "state")) == [(35075, "forming")]


@db
def test_a_closed_chapter_makes_room_for_a_new_one() -> None:
    first = build.chapter()

    assert [close_chapter(chapter=first, now=make.NOON) for _ in range(2)] == [True, False]
    assert live_chapter(build.RIDING) is None
    assert build.chapter().pk != first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Chapter.objects.create(riding_number=build.RIDING, created_at=make.NOON)


@db
def test_a_chapter_is_formed_on_a_day_and_stays_formed() -> None:
    chapter = build.chapter()

    describe_chapter(
        chapter=chapter, details=ChapterDetails("Split Together", build.DAY, "Lia", "lia@example.org")
    )
    describe_chapter(chapter=chapter, details=ChapterDetails("", None, "", ""))

    chapter.refresh_from_db()
    assert (chapter.name, chapter.state, chapter.founded_on, chapter.liaison_name) == (
        "",
        "formed",
        build.DAY,
        "",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Chapter.objects.update(founded_on=None)


@db
def test_ticks_are_kept_once_and_taken_back() -> None:
    chapter, lena = build.chapter(), people.lena()
    for task, note in ((ChapterTask.GROW, ""), (ChapterTask.GROW, "200 doors"), (ChapterTask.DECIDE, "no")):
        tick_task(chapter=chapter, task=task, note=note, by=lena, now=make.NOON)

    assert list(TaskDone.objects.values_list("task", "note", "by")) == [("grow", "200 doors", lena.pk)]
    untick_task(chapter=chapter, task=ChapterTask.GROW)
    assert TaskDone.objects.count() == 0


@db
def test_questions_written_twice_are_one_set_and_interviews_keep_theirs(chapter: Chapter) -> None:
    first = build.questions(chapter)
    talk = build.interview(build.candidate(), "Since.", question_set=first)

    assert build.questions(chapter) == first
    choose_questions(chapter=chapter, question_set=build.questions(chapter, "Else?"))

    talk.refresh_from_db()
    assert (talk.question_set, QuestionSet.objects.filter(riding_number=build.RIDING).count()) == (first, 2)


@db
def test_a_candidate_is_on_the_list_once_while_running(ridings: None) -> None:
    first = build.candidate()

    assert build.candidate() == first
    build.moved(first, State.WITHDRAWN)
    assert build.candidate() != first
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidacy.objects.create(
            riding_number=build.RIDING, party=first.party, person_name=first.person_name, created_at=make.NOON
        )


@db
def test_every_move_leaves_its_trace_and_none_is_changed(ridings: None) -> None:
    lena, candidacy = people.lena(), build.candidate()
    build.interview(candidacy)
    build.moved(
        candidacy, State.ASSESSED, State.ENDORSED, State.UNITY, State.ENDORSED, State.WITHDRAWN, by=lena
    )

    trace = list(CandidacyMove.objects.order_by("pk").values_list("from_state", "to_state", "by"))
    assert trace == [
        ("considered", "assessed", lena.pk), ("assessed", "endorsed", lena.pk), ("endorsed", "unity", lena.pk),
        ("unity", "endorsed", lena.pk), ("endorsed", "withdrawn", lena.pk),
    ]  # fmt: skip
    for change in ({"reason_en": "x"}, {"to_state": "unity"}, {"by": people.igor().pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CandidacyMove.objects.update(**change)
    lena.delete()
    assert set(CandidacyMove.objects.values_list("by", flat=True)) == {None}


@db
def test_a_move_without_evidence_or_reason_changes_nothing(ridings: None) -> None:
    candidacy = build.moved(build.candidate(), State.ASSESSED)
    build.interview(candidacy, is_published=False)
    build.stance(candidacy, "cooperate")
    refused = []
    for reason in ("", "They are good."):
        with pytest.raises(MoveRefused) as error:
            move_candidate(
                candidacy_id=candidacy.pk, decision=Decision(State.ENDORSED, reason), by=None, now=make.NOON
            )
        refused.append(error.value.obstacle)

    candidacy.refresh_from_db()
    assert refused == [Obstacle.NO_REASON, Obstacle.NO_EVIDENCE]
    assert (candidacy.state, CandidacyMove.objects.count()) == ("assessed", 1)
    build.stance(candidacy, "reform")
    assert build.moved(candidacy, State.ENDORSED).state == "endorsed"


@db
def test_a_second_unity_candidate_waits_for_the_first_to_leave(ridings: None) -> None:
    first, second = build.unity(build.candidate()), build.candidate("Ben Roy", "LPC")
    build.interview(second)
    build.moved(second, State.ASSESSED, State.ENDORSED)

    with pytest.raises(MoveRefused) as error:
        build.moved(second, State.UNITY)
    assert error.value.obstacle == Obstacle.TAKEN
    with pytest.raises(IntegrityError, match="candidacy_one_unity_candidate"), transaction.atomic():
        Candidacy.objects.filter(pk=second.pk).update(state=State.UNITY)
    build.moved(first, State.WITHDRAWN)
    assert build.moved(second, State.UNITY).state == "unity"


@db
def test_another_riding_and_another_election_have_their_own(ridings: None) -> None:
    later = make.election(BoundarySet.objects.get(), 46, "2029-10-15")

    chosen = [
        build.unity(build.candidate()),
        build.unity(build.candidate(number=build.OTHER)),
        build.unity(build.candidate(election=later)),
    ]

    assert [row.state for row in chosen] == ["unity"] * 3


@db
def test_a_draft_is_rewritten_by_its_key_and_published_for_good(chapter: Chapter) -> None:
    candidacy, key, ours = build.candidate(), uuid4(), build.questions(chapter)
    first, second = ours.questions.order_by("pk")
    foreign = build.questions(build.chapter(build.OTHER), "Elsewhere?").questions.get()

    def save(answers: dict[int, str], whom: Candidacy = candidacy) -> Interview:
        record = Record(build.DAY, "Igor", "by phone", "fr", answers, {"reform": Said("no", "Non.")})
        return save_interview(
            candidacy=whom, form_key=key, question_set=ours, record=record, by=None, now=make.NOON
        )

    save({first.pk: "Since.", foreign.pk: "x"})
    draft = save({first.pk: "Since then.", second.pk: ""})
    assert [(row.question, row.text, row.language) for row in Answer.objects.all()] == [
        (first, "Since then.", "fr")
    ]
    assert candidates_of(build.RIDING)[0].stances == ()
    published = [publish_interview(interview_id=draft.pk, now=make.NOON) for _ in range(2)]
    assert {row.published_at for row in published} == {make.NOON}
    assert [stance.value for stance in candidates_of(build.RIDING)[0].stances] == ["no"]
    for whom in (candidacy, build.candidate("Ben Roy")):
        with pytest.raises(AlreadyPublished):
            save({first.pk: "Changed."}, whom)
    assert Answer.objects.get().text == "Since then."


@db
def test_an_empty_interview_is_not_published(ridings: None) -> None:
    draft = build.interview(build.candidate(), is_published=False, stances={})

    with pytest.raises(NothingToPublish):
        publish_interview(interview_id=draft.pk, now=make.NOON)


@db
def test_the_newest_stance_counts_and_earlier_ones_stay(ridings: None) -> None:
    candidacy = build.candidate()
    build.stance(candidacy, value="no", as_of=build.DAY - dt.timedelta(days=9))
    for _ in range(2):
        build.stance(candidacy, value="yes")
    build.stance(candidacy, value="partly", as_of=build.DAY - dt.timedelta(days=3))

    view = candidates_of(build.RIDING)[0]
    assert [stance.value for stance in view.stances] == ["yes"]
    assert [stance.value for stance in view.earlier] == ["partly", "no"]
    for bad in ({"source_url": "http://example.org"}, {"source": ""}, {"value": "maybe"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stance.objects.update(**bad)


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    def run(turn: int) -> Any:
        try:
            return work(turn)
        except MoveRefused as refused:
            return refused.obstacle
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_choose_one_unity_candidate() -> None:
    make.parties()
    rivals = [build.candidate("Ana Silva", "NDP"), build.candidate("Ben Roy", "LPC")]
    for row in rivals:
        build.interview(row)
        build.moved(row, State.ASSESSED, State.ENDORSED)

    results = at_once(4, lambda turn: build.moved(rivals[turn % 2], State.UNITY).state)

    assert sorted(results) == sorted([Obstacle.TAKEN, Obstacle.TAKEN, "unity", "unity"])
    assert CandidacyMove.objects.filter(to_state=State.UNITY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_forms_sent_many_times_at_once_act_once() -> None:
    make.parties()
    candidacy, key = build.candidate(), uuid4()
    record = Record(build.DAY, "", "", "en", {}, build.BOTH)

    def send(_turn: int) -> None:
        build.chapter()
        build.candidate("Ben Roy", "LPC")
        build.stance(candidacy)
        save_interview(
            candidacy=candidacy, form_key=key, question_set=None, record=record, by=None, now=make.NOON
        )
        build.moved(candidacy, State.ASSESSED)

    at_once(5, send)

    counts = [model.objects.count() for model in (Chapter, Candidacy, Interview, CandidacyMove)]
    assert (counts, Stance.objects.count()) == ([1, 2, 1, 1], 3)


@db
def test_a_role_given_elsewhere_opens_nothing_here() -> None:
    lena = people.lena()
    grant_role(user=lena, riding_number=build.OTHER, role=RidingRoleKind.INTERVIEWER, by=None, now=make.NOON)

    assert live_chapter(build.OTHER) is None
