"""The page of a riding with everything that apps can show there at once."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coop4canada.kit.clock import now
from coop4canada.kit.memory import forget_everything
from pledges.models import VotingReply
from pledges.services import count_pledges
from ridings.services import recompute_map, request_recompute
from tests import make
from tests.pledges import build_rounds, voters
from tests.volunteers import build as chapters
from tests.volunteers import contacting
from volunteers.enums import Channel

DAYS_AFTER = dt.datetime(2029, 10, 18, 12, tzinfo=dt.UTC)
PAGE = "/ridings/35001-split/"


@pytest.fixture
def busy_riding(no_country: None) -> None:
    """A chapter with its unity candidate, a recommendation, the next round open, pledges, an election that is over."""
    make.small_country()
    request_recompute(cause="test")
    recompute_map(at=make.NOON, at_once=True)
    voters.election()
    chapters.chapter()
    chapters.unity(chapters.candidate())
    contacting.attempt(Channel.DOOR, team=contacting.team(35001), riding_number=35001, happened_at=now())
    row, entries = build_rounds.opened(people=12)
    build_rounds.vote_all(entries, *["ada"] * 9)
    build_rounds.published(row)
    build_rounds.opened(people=0)
    for entry in entries:
        assert entry.pledge
        VotingReply.objects.create(
            pledge=entry.pledge,
            polling_on=voters.POLLING,
            riding_number=build_rounds.RIDING,
            voted_at=voters.at(15, 10),
        )
    count_pledges(now=now())


def test_every_panel_at_once_stays_within_twelve_queries(
    client: Client, busy_riding: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with time_machine.travel(DAYS_AFTER, tick=False):
        forget_everything()
        with django_assert_max_num_queries(12):
            page = client.get(PAGE).content.decode()

    shown = ["pledges-here-title", "recommendation-title", "chapter-title", "voted-title", "team-title"]
    assert [f'id="{title}"' in page for title in shown] == [True] * 5
    assert ["12</span> voters have pledged here" in page, "Ada Ng" in page, "Ana Silva" in page] == [True] * 3
