"""A fresh link for those who have not confirmed, and for nobody else."""

from datetime import timedelta

import pytest

from petitions.models import Petition, Resend, Signature
from petitions.services import (
    PetitionClosed,
    carry_on_resend,
    propose_resend,
    remind_unconfirmed,
)
from petitions.tasks import work_through_bulk
from supporters.models import OutgoingMessage, User
from tests import make

pytestmark = pytest.mark.django_db

LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def petition() -> Petition:
    petition = make.petition()
    for index in range(3):
        make.signed(petition, f"p{index}@example.org", f"Person {index}")
    OutgoingMessage.objects.all().delete()
    return petition


def remind(petition: Petition, organizer: User, batch: int = 500, key: str = "k") -> Resend:
    proposal = propose_resend(petition=petition, key=key, now=LATER)
    resend = remind_unconfirmed(proposal=proposal, user=organizer, now=LATER)
    while carry_on_resend(now=LATER, batch=batch):
        pass
    resend.refresh_from_db()
    return resend


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_everybody_unconfirmed_gets_one_mail_in_the_background(
    petition: Petition, organizer: User, batch: int
) -> None:
    resend = remind(petition, organizer, batch)

    assert (resend.expected_count, resend.changed_count, resend.done_at) == (3, 3, LATER)
    assert make.mails(priority=50) == ["petitions/confirm"] * 3
    assert set(Signature.objects.values_list("mail_count", "mailed_at")) == {(2, LATER)}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "confirmed", "confirmed_at": make.NOON},
        {"state": "held"},
        {"state": "invalid"},
        {"state": "withdrawn"},
        {"suspicion": "honeypot"},
        {"mail_count": 5},
        {"mailed_at": LATER - timedelta(minutes=9)},
        {"supporter": None},
    ],
)
def test_nobody_else_is_mailed(petition: Petition, organizer: User, fields: dict[str, object]) -> None:
    Signature.objects.update(**fields)

    resend = remind(petition, organizer)

    assert (resend.expected_count, resend.changed_count, make.mails()) == (0, 0, [])


def test_another_petition_is_left_alone(petition: Petition, organizer: User) -> None:
    other = make.petition("other")
    make.signed(other)
    OutgoingMessage.objects.all().delete()

    assert remind(other, organizer).changed_count == 1
    assert make.mails() == ["petitions/confirm"]


def test_confirming_the_preview_twice_mails_once(petition: Petition, organizer: User) -> None:
    resends = [remind(petition, organizer) for _click in range(2)]

    assert resends[0] == resends[1]
    assert len(make.mails()) == 3


def test_who_signs_after_the_preview_is_not_reminded(petition: Petition, organizer: User) -> None:
    proposal = propose_resend(petition=petition, key="k", now=LATER)
    make.signed(petition, "late@example.org", "Late Comer")
    OutgoingMessage.objects.all().delete()

    remind_unconfirmed(proposal=proposal, user=organizer, now=LATER)
    work_through_bulk()

    assert len(make.mails()) == 3


def test_a_closed_petition_reminds_nobody(petition: Petition, organizer: User) -> None:
    proposal = propose_resend(petition=petition, key="k", now=LATER)
    Petition.objects.update(opens_at=LATER - timedelta(days=9), closes_at=LATER - timedelta(hours=25))

    with pytest.raises(PetitionClosed):
        remind_unconfirmed(proposal=proposal, user=organizer, now=LATER)


def test_a_reminder_ends_when_the_petition_closes(petition: Petition, organizer: User) -> None:
    proposal = propose_resend(petition=petition, key="k", now=LATER)
    resend = remind_unconfirmed(proposal=proposal, user=organizer, now=LATER)
    Petition.objects.update(opens_at=LATER - timedelta(days=9), closes_at=LATER - timedelta(hours=25))

    while carry_on_resend(now=LATER):
        pass

    resend.refresh_from_db()
    assert (resend.done_at, make.mails()) == (LATER, [])
