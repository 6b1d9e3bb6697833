"""Casting: one ballot for each place on the roll, replaced at will, by those on the roll, while the round is open."""

import pytest

from coop4canada.kit.clock import now
from pledges.models import Ballot, Pledge, RollEntry
from pledges.services import (
    BallotRefused,
    Refusal,
    announce_round,
    cast_ballot,
    take_back_ballot,
    withdraw_option,
)
from supporters.services import erase_supporter
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.django_db


def marks() -> list[list[str]]:
    return sorted(Ballot.objects.values_list("marks", flat=True))


def test_a_second_ballot_replaces_the_first() -> None:
    _row, (entry, other, *_rest) = build.opened()
    build.vote(entry, "ada", "ben")
    build.vote(other, "cy")
    build.vote(entry, "none")

    assert marks() == [["cy"], ["none"]]


def test_the_same_person_has_another_key_in_every_round() -> None:
    row, (entry, *_rest) = build.opened(people=1)
    build.vote(entry, "ada")
    key = Ballot.objects.get().key
    build.published(row)
    _row, (again, *_rest) = build.opened(people=0)
    build.vote(again, "ada")

    assert again.pledge_id == entry.pledge_id
    assert Ballot.objects.get().key != key


@pytest.mark.parametrize("ballot", [(), ("zed",), ("ada", "ada"), ("ada", "")])
def test_a_faulty_ballot_is_refused(ballot: tuple[str, ...]) -> None:
    _row, (entry, *_rest) = build.opened()
    with pytest.raises(BallotRefused, match=Refusal.FAULTY):
        cast_ballot(entry_id=entry.pk, marks=ballot)

    assert marks() == []


def test_a_withdrawn_candidate_cannot_be_chosen() -> None:
    row, (entry, *_rest) = build.opened()
    withdraw_option(option_id=row.options.get(key="ada").pk, now=now())

    with pytest.raises(BallotRefused, match=Refusal.FAULTY):
        build.vote(entry, "ada")


def test_no_ballot_is_taken_after_closing_even_before_the_job_has_run() -> None:
    row, (entry, other, *_rest) = build.opened()
    build.vote(entry, "ada")
    build.let_time_pass(row)

    with pytest.raises(BallotRefused, match=Refusal.CLOSED):
        build.vote(other, "ben")
    with pytest.raises(BallotRefused, match=Refusal.CLOSED):
        take_back_ballot(entry_id=entry.pk)
    assert marks() == [["ada"]]


def test_no_ballot_is_taken_before_opening() -> None:
    pledge = build.pledge()
    row = build.draft()
    announce_round(round_id=row.pk, now=now())
    entry = RollEntry.objects.create(round=row, pledge=pledge)

    with pytest.raises(BallotRefused, match=Refusal.CLOSED):
        build.vote(entry, "ada")


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(BallotRefused, match=Refusal.NOT_ON_ROLL):
        cast_ballot(entry_id=0, marks=("ada",))


@pytest.mark.parametrize("state", ["withdrawn", "invalid", "held", "pending"])
def test_whoever_withdraws_the_pledge_votes_no_more_and_what_was_cast_stays(state: str) -> None:
    row, (entry, *rest) = build.opened()
    build.vote(entry, "ada")
    Pledge.objects.filter(roll_entries=entry).update(state=state)

    with pytest.raises(BallotRefused, match=Refusal.NOT_ON_ROLL):
        build.vote(entry, "ben")
    build.vote_all(rest, *["ada"] * 5)
    result = build.published(row).result
    assert (result.eligible, result.cast) == (6, 6)


def test_an_erased_persons_ballot_stays_and_so_does_their_place() -> None:
    row, (entry, *rest) = build.opened()
    build.vote(entry, "ada")
    assert entry.pledge is not None
    assert entry.pledge.supporter is not None
    erase_supporter(supporter=entry.pledge.supporter, now=now())

    with pytest.raises(BallotRefused, match=Refusal.NOT_ON_ROLL):
        build.vote(entry, "ben")
    build.vote_all(rest, *["ada"] * 5)
    result = build.published(row).result
    assert (result.eligible, result.cast) == (6, 6)


def test_a_ballot_is_taken_back_also_after_the_pledge_was() -> None:
    _row, (entry, other, *_rest) = build.opened()
    build.vote(entry, "ada")
    build.vote(other, "ben")
    Pledge.objects.filter(roll_entries=entry).update(state="withdrawn")
    for _time in range(2):
        take_back_ballot(entry_id=entry.pk)

    assert marks() == [["ben"]]


def test_a_place_whose_pledge_is_deleted_stays_eligible() -> None:
    row, (entry, *rest) = build.opened()
    build.vote_all([entry, *rest], *["ada"] * 6)
    Pledge.objects.filter(roll_entries=entry).delete()

    result = build.published(row).result
    assert (result.eligible, result.cast) == (6, 6)
