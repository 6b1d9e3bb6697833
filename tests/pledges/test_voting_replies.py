"""“I voted”, “no more”, and what keeps a mail from leaving at the last moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from pledges.models import ElectionCalendar, Pledge, VotingReply
from pledges.queries.voting import records_of, vote_page, voted_count
from pledges.services import (
    NotTheTime,
    pause_reminders,
    queue_vote_reminders,
    resume_reminders,
    stop_vote_reminders,
    take_back_voted,
    tell_voted,
    withdraw_election,
)
from ridings.models import BoundarySet
from supporters.models import OutgoingMessage
from supporters.services import deliver_due_messages, erase_supporter
from tests.pledges.voters import OAKVILLE, POLLING, VANCOUVER, VANCOUVER_EAST, at, election, reminded, voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(country: BoundarySet) -> ElectionCalendar:
    return election()


def sent(now: datetime) -> list[tuple[str, str]]:
    """Deliver what is due and return what became of each mail."""
    deliver_due_messages(clock=lambda: now)
    rows = OutgoingMessage.objects.filter(kind__startswith="pledges/vote_").order_by("pk")
    return list(rows.values_list("state", "last_error"))


def test_who_voted_is_reminded_no_more(calendar: ElectionCalendar) -> None:
    pledge = voter()
    queue_vote_reminders(now=at(14, 13))

    tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(14, 13, 6))
    again = tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(14, 14))

    assert again is not None
    assert (again.voted_at, again.riding_number) == (at(14, 13, 6), OAKVILLE)
    assert sent(at(14, 13, 7)) == [("suppressed", "voted or withdrawn")]
    assert queue_vote_reminders(now=at(15, 9)) == 0


def test_a_mistake_is_taken_back_and_later_reminders_come(calendar: ElectionCalendar) -> None:
    pledge = voter()
    tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(14, 13))

    for _time in range(2):
        take_back_voted(pledge_id=pledge.pk, polling_on=POLLING)

    assert VotingReply.objects.get().voted_at is None
    assert queue_vote_reminders(now=at(15, 9)) == 1


def test_who_wants_no_more_gets_no_more(calendar: ElectionCalendar) -> None:
    pledge = voter()
    queue_vote_reminders(now=at(14, 13))

    for hour in (13, 14):
        stop_vote_reminders(pledge_id=pledge.pk, polling_on=POLLING, now=at(14, hour, 30))

    assert VotingReply.objects.get().stopped_at == at(14, 13, 30)
    assert sent(at(14, 13, 31)) == [("suppressed", "voted or withdrawn")]
    assert queue_vote_reminders(now=at(15, 9)) == 0


def test_a_mail_that_waited_too_long_is_not_sent_after_the_polls_close(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(15, 9))

    assert sent(at(15, 21, 30)) == [("suppressed", "too late")]


def test_a_mail_that_is_in_time_is_sent(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(15, 9))

    assert sent(at(15, 21, 29)) == [("sent", "")]


def test_a_pledge_taken_back_stops_what_waits(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(15, 9))
    Pledge.objects.update(state="withdrawn")

    assert sent(at(15, 9, 6)) == [("suppressed", "voted or withdrawn")]


def test_a_confirmation_withdrawn_stops_what_waits(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(15, 9))
    withdraw_election(calendar=calendar)

    assert sent(at(15, 9, 6)) == [("suppressed", "the election moved")]


def test_an_erased_person_gets_nothing_and_leaves_the_count(calendar: ElectionCalendar) -> None:
    pledge = voter()
    tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(15, 9))
    assert pledge.supporter is not None
    erase_supporter(supporter=pledge.supporter, now=at(15, 10))

    assert reminded() == []
    assert VotingReply.objects.filter(voted_at__isnull=False).count() == 1
    assert tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(15, 11)) is None
    assert vote_page(pledge.pk, POLLING, at(15, 11)) is None


def test_a_pause_holds_mails_back_and_resuming_sends_them(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(14, 13))
    for minute in (0, 5):
        pause_reminders(calendar=calendar, now=at(14, 14, minute))
    calendar.refresh_from_db()
    assert calendar.paused_at == at(14, 14, 0)
    assert sent(at(14, 14, 6)) == [("queued", "")]
    assert queue_vote_reminders(now=at(14, 15)) == 0

    for minute in (0, 5):
        resume_reminders(calendar=calendar, now=at(14, 16, minute))

    assert sent(at(14, 16, 6)) == [("sent", "")]
    assert queue_vote_reminders(now=at(15, 9)) == 1


@pytest.mark.parametrize("now", [at(4, 12), at(24, 12)])
def test_i_voted_is_not_told_when_nobody_can_have_voted(calendar: ElectionCalendar, now: datetime) -> None:
    pledge = voter()

    with pytest.raises(NotTheTime):
        tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=now)
    assert VotingReply.objects.count() == 0


@pytest.mark.parametrize("state", ["pending", "withdrawn", "invalid"])
def test_a_pledge_that_does_not_hold_tells_nothing(calendar: ElectionCalendar, state: str) -> None:
    pledge = voter(state=state)

    assert tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(15, 9)) is None
    assert tell_voted(pledge_id=pledge.pk + 999, polling_on=POLLING, now=at(15, 9)) is None
    assert VotingReply.objects.count() == 0


def test_counts_are_public_once_the_last_polls_are_closed_and_never_of_a_few(
    calendar: ElectionCalendar,
) -> None:
    for number in range(10):
        pledge = voter(f"p{number}@example.org")
        tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(15, 9))
    west = voter("west@example.org", VANCOUVER_EAST)
    tell_voted(pledge_id=west.pk, polling_on=POLLING, now=at(15, 9))

    closed = at(15, 19, 0, VANCOUVER)
    assert voted_count(closed - timedelta(seconds=1)) is None
    assert voted_count(closed) == 11
    assert voted_count(closed, OAKVILLE) == 10
    assert voted_count(closed, VANCOUVER_EAST) is None


def test_my_data_shows_what_was_told_and_no_more(calendar: ElectionCalendar) -> None:
    pledge = voter()
    assert pledge.supporter is not None
    tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(15, 9, 0))

    records = records_of(supporter=pledge.supporter)

    assert records.rows == (("2029-10-15", "2029-10-15T13:00:00+00:00", ""),)


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one() -> None:
    election()
    pledge = voter()

    def click(_index: int) -> bool:
        try:
            return tell_voted(pledge_id=pledge.pk, polling_on=POLLING, now=at(15, 9)) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert all(pool.map(click, range(10)))
    assert VotingReply.objects.count() == 1
