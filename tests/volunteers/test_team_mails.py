"""Every mail of teams and shifts, written in both languages from what really happened."""

from datetime import timedelta

import pytest

from coop4canada.kit.clock import now
from supporters.models import OutgoingMessage
from supporters.rules.email import read_address
from supporters.services.letters import write_mail
from tests import people
from tests.volunteers.contacting import RIDING, volunteer
from tests.volunteers.gatherings import event, shift
from volunteers.enums import JoinMode
from volunteers.models import ShiftSignup, Team
from volunteers.services.event_ends import cancel_shift
from volunteers.services.events import ShiftTimes, change_shift
from volunteers.services.handing_over import appoint_captain
from volunteers.services.letters_to_leaders import invite_to_team, write_to_leaders
from volunteers.services.memberships import (
    Wish,
    decide_membership,
    join_team,
    leave_team,
    remove_member,
)
from volunteers.services.reminding import queue_shift_reminders
from volunteers.services.signups import Who, sign_up

pytestmark = pytest.mark.django_db

KINDS = {
    "team_alone", "team_answer", "team_asked", "team_captain", "team_invitation", "team_message",
    "shift_after", "shift_change", "shift_reminder", "shift_signup",
}  # fmt: skip


def a_busy_week() -> None:
    """Let everything happen that is mailed about."""
    at, captain = now(), people.chantal(RIDING)
    team = Team.objects.get()
    Team.objects.update(join_mode=JoinMode.APPROVAL)
    rows = [
        join_team(team=team, user=volunteer(f"{name}@example.org"), wish=Wish("fr", "Bonjour"), now=at)
        for name in "abcd"
    ]
    for row in rows:
        decide_membership(membership=row, lets_in=row is not rows[3], by=captain, now=at)
    held = shift(event(team, title_fr="Marche"), starts_at=at + timedelta(days=3), capacity=1)
    for row in rows[:2]:
        sign_up(shift=held, who=Who(row.user, "fr"), now=at)
    for hours in range(24 * 5):
        queue_shift_reminders(now=at + timedelta(hours=hours))
    later = at + timedelta(days=4)
    change_shift(shift=held, times=ShiftTimes(later, later + timedelta(hours=1), 1), now=at)
    cancel_shift(shift=held, now=at)
    write_to_leaders(team=team, sender=rows[0].user, text="Salut", now=at)
    invite_to_team(
        team=team, address=read_address("z@example.org"), name="Zed", language="fr", by=captain, now=at
    )
    remove_member(membership=rows[2], by=captain, now=at)
    appoint_captain(team=team, user=rows[1].user, by=captain, now=at)
    for user in (captain, rows[1].user):
        leave_team(team=team, user=user, now=at)


def test_every_mail_is_written_in_both_languages() -> None:
    a_busy_week()
    mails = list(OutgoingMessage.objects.filter(kind__startswith="volunteers/").order_by("pk"))

    assert {mail.kind.removeprefix("volunteers/") for mail in mails} == KINDS
    assert ShiftSignup.objects.count() == 2
    for mail in mails:
        subjects = []
        for language in ("en", "fr"):
            mail.language = language
            written = write_mail(mail)
            subjects.append(written.subject)
            assert "{" not in f"{written.subject}{written.body}"
        assert subjects[0] != subjects[1]
