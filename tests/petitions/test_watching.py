"""Organizers learn of what they did not ask about."""

import pytest

from campaign.models import OrganizerAlert
from petitions.models import Tally
from petitions.services import check_counts, count_signatures
from petitions.tasks import count_signatures as count_job
from petitions.tasks import recount_signatures as recount_job
from tests import make

pytestmark = pytest.mark.django_db


def test_right_counts_alert_nobody() -> None:
    make.signed(make.petition())

    assert check_counts(now=make.NOON) == []
    assert not OrganizerAlert.objects.exists()


def test_wrong_counts_alert_organizers_once() -> None:
    make.signed(make.petition(), riding_number=35075)
    count_signatures(now=make.NOON)
    for _night in range(2):
        Tally.objects.update(confirmed=7)
        check_counts(now=make.NOON)

    assert list(OrganizerAlert.objects.values_list("key", "message")) == [
        (
            "petitions.drift",
            "The nightly recount mended wrong counts in 1 places: -7 confirmed, +0 pending.",
        )
    ]


def test_the_jobs_count_and_recount() -> None:
    petition = make.petition()
    make.signed(petition)

    count_job()
    recount_job()

    petition.refresh_from_db()
    assert (petition.count.pending, petition.count.recounted_at is not None) == (1, True)
