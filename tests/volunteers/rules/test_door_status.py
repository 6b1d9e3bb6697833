"""What a door shows does not depend on the order in which phones send."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from volunteers.enums import CONVERSATIONS, DOOR_OUTCOMES, Outcome
from volunteers.rules.door_status import DoorStatus, Knock, door_status, standing

NOON = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
BRUNO, EVE, CHANTAL = 1, 2, 3


def knock(
    number: int, outcome: str, *, by: int = BRUNO, minutes: int = 0, corrects: int | None = None
) -> Knock:
    corrected = UUID(int=corrects) if corrects else None
    return Knock(UUID(int=number), by, outcome, NOON + timedelta(minutes=minutes), corrected)


@st.composite
def histories(draw: st.DrawFn) -> list[Knock]:
    count = draw(st.integers(1, 7))
    return [
        knock(
            number,
            draw(st.sampled_from(sorted(DOOR_OUTCOMES))),
            by=draw(st.sampled_from([BRUNO, EVE, CHANTAL])),
            minutes=draw(st.integers(0, 3)) * 700,
            # A correction names what was there before it.
            corrects=draw(st.none() | st.integers(1, number - 1)) if number > 1 else None,
        )
        for number in range(1, count + 1)
    ]


@given(histories(), st.randoms(use_true_random=False))
def test_a_doors_status_is_the_same_in_whatever_order_visits_arrive(
    history: list[Knock], dice: Random
) -> None:
    shuffled = list(history)
    dice.shuffle(shuffled)
    assert door_status(shuffled) == door_status(history)
    assert door_status([*history, *shuffled]) == door_status(history)


@given(histories())
def test_nobody_home_never_stands_where_somebody_was_spoken_with(history: list[Knock]) -> None:
    status = door_status(history)
    talked = any(one.is_conversation for one in standing(history))
    assert (status.outcome in CONVERSATIONS) == talked
    assert status.last_at == max(one.at for one in history)


@given(histories())
def test_a_refusal_survives_every_correction(history: list[Knock]) -> None:
    refused = [one for one in history if one.outcome == Outcome.DO_NOT_CONTACT and one.corrects is None]
    kept = standing([one for one in history if one.outcome != Outcome.DO_NOT_CONTACT or one in refused])
    assert set(refused) <= set(kept)


def test_a_door_nobody_knocked_at_shows_nothing() -> None:
    assert door_status([]) == DoorStatus("", None, None, 0, ())


def test_the_later_conversation_wins_and_a_later_not_home_does_not() -> None:
    history = [
        knock(1, Outcome.ANSWERED),
        knock(2, Outcome.REFUSED, minutes=2000),
        knock(3, Outcome.NOT_HOME, minutes=4000),
    ]
    status = door_status(history)
    assert (status.outcome, status.at) == (Outcome.REFUSED, history[1].at)
    assert (status.last_at, status.knock_count) == (history[2].at, 3)


def test_two_people_who_heard_different_things_in_one_round_contradict_each_other() -> None:
    mine, hers = knock(1, Outcome.ANSWERED), knock(2, Outcome.REFUSED, by=EVE, minutes=90)
    assert door_status([hers, mine]).rivals == (mine, hers)
    assert door_status([mine, knock(3, Outcome.ANSWERED, by=EVE)]).rivals == ()
    assert door_status([mine, knock(4, Outcome.NOT_HOME, by=EVE)]).rivals == ()
    # The same person means the later one; another day is another round.
    assert door_status([mine, knock(5, Outcome.REFUSED, minutes=90)]).rivals == ()
    assert door_status([mine, knock(6, Outcome.REFUSED, by=EVE, minutes=60 * 25)]).rivals == ()


def test_a_correction_settles_and_keeps_what_it_corrects_in_the_count() -> None:
    mine, hers = knock(1, Outcome.ANSWERED), knock(2, Outcome.REFUSED, by=EVE, minutes=90)
    settled = knock(3, Outcome.ANSWERED, by=CHANTAL, minutes=90, corrects=2)
    status = door_status([settled, mine, hers])
    assert (status.outcome, status.rivals, status.knock_count) == (Outcome.ANSWERED, (), 3)


def test_a_correction_replaces_a_conversation_by_nobody_home() -> None:
    status = door_status([knock(1, Outcome.ANSWERED), knock(2, Outcome.NOT_HOME, minutes=1, corrects=1)])
    assert status.outcome == Outcome.NOT_HOME


def test_a_refusal_is_not_corrected_away_not_even_in_two_steps() -> None:
    history = [
        knock(1, Outcome.DO_NOT_CONTACT),
        knock(2, Outcome.ANSWERED, minutes=1, corrects=1),
        knock(3, Outcome.NOT_HOME, minutes=2, corrects=2),
    ]
    assert door_status(history).outcome == Outcome.DO_NOT_CONTACT
