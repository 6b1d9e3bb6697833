"""Rounds of reminders to vote: each mail once, inside the local window, whatever happens to the worker."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from pledges.models import ElectionCalendar, Pledge, VotingHours, VotingRound
from pledges.queries.voting import riding_votes
from pledges.rules.voting import closing_of
from pledges.services import queue_vote_reminders, voting_rounds
from pledges.tasks import queue_vote_reminders as job
from ridings.models import BoundarySet
from supporters.models import OutgoingMessage
from supporters.services import queue_message
from tests import make
from tests.pledges.voters import (
    AVALON,
    LONG_BEFORE,
    OAKVILLE,
    POLLING,
    ST_JOHNS,
    VANCOUVER,
    VANCOUVER_EAST,
    at,
    election,
    many_voters,
    reminded,
    voter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(country: BoundarySet) -> ElectionCalendar:
    return election()


def test_nothing_goes_out_before_an_organizer_confirms(country: BoundarySet) -> None:
    voter()
    election(is_called=False)

    assert queue_vote_reminders(now=at(15, 9)) == 0
    assert reminded() == []


def test_a_confirmation_holds_for_its_own_day_alone(calendar: ElectionCalendar) -> None:
    voter()
    ElectionCalendar.objects.update(moved_to=POLLING + timedelta(days=7))

    assert queue_vote_reminders(now=at(22, 9)) == 0


def test_everyone_gets_every_mail_once(calendar: ElectionCalendar) -> None:
    voter()
    voter("west@example.org", VANCOUVER_EAST)

    for day in (4, 5, 6, 14, 15, 16):
        for hour in (3, 7, 8, 9, 12, 16, 19, 22):
            queue_vote_reminders(now=at(day, hour))

    both = ("amara@example.org", "west@example.org")
    assert reminded() == [(kind, to) for kind in ("advance", "eve", "day") for to in both]


def test_a_mail_is_due_by_the_ridings_own_clock(calendar: ElectionCalendar) -> None:
    voter("east@example.org", AVALON)
    voter("west@example.org", VANCOUVER_EAST)

    assert queue_vote_reminders(now=at(15, 8, 1, ST_JOHNS)) == 0
    assert queue_vote_reminders(now=at(15, 8, 2, ST_JOHNS)) == 1
    assert queue_vote_reminders(now=at(15, 8, 1, VANCOUVER)) == 0
    assert queue_vote_reminders(now=at(15, 8, 2, VANCOUVER)) == 1
    assert reminded() == [("day", "east@example.org"), ("day", "west@example.org")]


def test_nothing_is_queued_once_the_polls_of_a_riding_are_closed(calendar: ElectionCalendar) -> None:
    voter("east@example.org", AVALON)
    VotingHours.objects.create(
        riding_number=OAKVILLE, in_force_from=POLLING, opens_at="09:30", closes_at="12:00", source="test"
    )
    voter()

    assert queue_vote_reminders(now=at(15, 20, 30, ST_JOHNS)) == 0
    assert queue_vote_reminders(now=at(15, 12, 0)) == 1  # by now only Avalon's; Oakville East is closed
    assert reminded() == [("day", "east@example.org")]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "pending", "confirmed_at": None},
        {"state": "withdrawn"},
        {"state": "held"},
        {"voter_status": "young"},
        {"voter_status": "newcomer"},
        {"email_confirmed_at": None},
        {"since": at(15, 8, 0)},
    ],
)
def test_who_is_not_to_be_reminded_is_not(calendar: ElectionCalendar, fields: dict[str, Any]) -> None:
    voter(**fields)
    voter("bea@example.org")

    assert queue_vote_reminders(now=at(15, 9)) == 1
    assert reminded() == [("day", "bea@example.org")]


def test_a_paper_pledge_counts_once_its_address_is_confirmed(calendar: ElectionCalendar) -> None:
    voter(method="paper", confirmed_at=None)
    Pledge.objects.create(state="confirmed", method="paper", created_at=LONG_BEFORE, riding_number=OAKVILLE)

    assert queue_vote_reminders(now=at(15, 9)) == 1


def test_who_lives_nobody_knows_where_waits_for_the_west(calendar: ElectionCalendar) -> None:
    voter("unknown@example.org", None)
    voter("former@example.org", 35999)  # of former boundaries

    assert queue_vote_reminders(now=at(15, 7, 59, VANCOUVER)) == 0
    assert queue_vote_reminders(now=at(15, 8, 2, VANCOUVER)) == 2
    mail = OutgoingMessage.objects.earliest("pk")
    assert (mail.context["riding_en"], mail.context["opens_en"]) == ("", "")


def test_new_dates_begin_a_new_round_without_writing_twice(calendar: ElectionCalendar) -> None:
    voter()
    queue_vote_reminders(now=at(5, 10))
    ElectionCalendar.objects.update(advance_first_on=at(6, 0).date())
    voter("bea@example.org")

    queue_vote_reminders(now=at(6, 10))

    assert reminded() == [("advance", "amara@example.org"), ("advance", "bea@example.org")]


def test_a_mail_says_when_and_where_in_both_languages(calendar: ElectionCalendar) -> None:
    pledge = voter(language="fr")

    queue_vote_reminders(now=at(15, 9))

    mail = OutgoingMessage.objects.get()
    words = mail.context
    assert (mail.language, mail.purpose, mail.priority) == ("fr", "", 50)
    assert mail.key == f"pledges/vote_day:2029-10-15:{pledge.pk}"
    assert (words["opens_en"], words["closes_en"], words["opens_fr"]) == ("9:30 a.m.", "9:30 p.m.", "09:30")
    assert (words["riding_en"], words["band_en"]) == ("Oakville East", "Eastern time")
    assert words["until"] == "2029-10-16T01:30:00+00:00"
    assert words["voted_path"].startswith("/fr/vote/voted/")


def test_a_recommendation_is_told_where_one_was_published_in_time(
    calendar: ElectionCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def reader(*, riding_numbers: list[int], published_before: datetime) -> dict[int, dict[str, str]]:
        asked.append((riding_numbers, published_before))
        return {OAKVILLE: {"text_en": "We choose her", "text_fr": "Nous", "path_en": "/a/", "path_fr": "/b/"}}

    monkeypatch.setattr(
        "pledges.services.voting_mails.functions_of",
        lambda slot: (reader,) if slot == "recommendation_words" else (),
    )
    monkeypatch.setattr(voting_rounds, "riding_votes", lambda day: {OAKVILLE: riding_votes(day)[OAKVILLE]})
    voter()
    queue_vote_reminders(now=at(14, 13))
    queue_vote_reminders(now=at(15, 9))

    # On polling day only what was published before that day began.
    assert asked == [([OAKVILLE], at(14, 12, 0)), ([OAKVILLE], at(15, 0, 0))]
    mail = OutgoingMessage.objects.latest("pk")
    assert mail.context["recommendation"]["text_en"] == "We choose her"


@pytest.mark.parametrize("seed", range(6))
def test_random_runs_and_crashes_write_once_and_in_time(
    calendar: ElectionCalendar, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)
    votes = riding_votes(POLLING)
    chosen = [AVALON, 10004, 11001, 24024, OAKVILLE, 35045, 46001, 47006, 48001, 59007, VANCOUVER_EAST, 62001]
    monkeypatch.setattr(voting_rounds, "BATCH", 2)
    monkeypatch.setattr(
        voting_rounds, "riding_votes", lambda day: {number: votes[number] for number in chosen}
    )
    for number in chosen:
        for place in range(3):
            voter(f"p{number}-{place}@example.org", number)
    genuine, begun = queue_message, at(4, 0)

    def fragile(**values: Any) -> None:
        if dice.random() < 0.05:
            raise RuntimeError("the worker dies")
        genuine(**values)

    monkeypatch.setattr(voting_rounds, "queue_message", fragile)
    for minute in [*sorted(dice.sample(range(12 * 24 * 60), 250)), 11 * 24 * 60 + 700]:
        try:
            queue_vote_reminders(now=begun + timedelta(minutes=minute))
        except RuntimeError:
            continue

    rows = list(OutgoingMessage.objects.select_related("supporter__pledge").order_by("pk"))
    assert len({row.key for row in rows}) == len(rows) > 60
    for row in rows:
        vote = votes[int(row.context["riding_number"])]
        local = row.created_at.astimezone(ZoneInfo(vote.hours.zone))
        assert 8 <= local.hour < 21
        assert row.created_at < closing_of(calendar.days, vote.hours)
        days = {"advance": range(5, 9), "eve": [14], "day": [15]}[row.kind.removeprefix("pledges/vote_")]
        assert local.day in days


def test_five_thousand_in_batches_with_a_death_in_between(
    calendar: ElectionCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_voters(5000)
    genuine, count = queue_message, 0

    def dies_once(**values: Any) -> None:
        nonlocal count
        count += 1
        if count == 1700:
            raise RuntimeError("killed")
        genuine(**values)

    monkeypatch.setattr(voting_rounds, "queue_message", dies_once)
    with pytest.raises(RuntimeError):
        queue_vote_reminders(now=at(15, 9))
    assert OutgoingMessage.objects.count() == 1500  # whole batches only

    queue_vote_reminders(now=at(15, 9, 10))

    assert OutgoingMessage.objects.count() == 5000
    row = VotingRound.objects.get(riding_number=OAKVILLE)
    assert (row.queued, row.finished_at) == (5000, at(15, 9, 10))
    assert queue_vote_reminders(now=at(15, 9, 20)) == 0


def test_a_run_ends_in_time_and_the_next_goes_on(
    calendar: ElectionCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voting_rounds, "BATCH", 2)
    monkeypatch.setattr(voting_rounds, "MOST_BATCHES", 1)
    monkeypatch.setattr(voting_rounds, "riding_votes", lambda day: {OAKVILLE: riding_votes(day)[OAKVILLE]})
    many_voters(3)

    assert [queue_vote_reminders(now=at(15, 9)) for _run in range(4)] == [2, 1, 0, 0]


def test_the_job_runs_by_the_clock(country: BoundarySet) -> None:
    job()

    assert VotingRound.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_write_to_nobody_twice(
    no_country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voting_rounds, "BATCH", 5)
    make.riding(make.boundary_set(), OAKVILLE, "Oakville East")
    election()
    many_voters(30)

    def run(_index: int) -> int:
        try:
            return queue_vote_reminders(now=at(15, 9))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        queued = sum(pool.map(run, range(8)))
    queued += queue_vote_reminders(now=at(15, 9, 10))

    assert (queued, len(reminded())) == (30, 30)
