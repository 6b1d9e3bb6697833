"""A member writes to who leads the team, and a captain invites somebody."""

from datetime import datetime

from django.db import transaction

from coop4canada.kit.senders import Letter
from coop4canada.kit.signing import keyed_hash
from supporters.models import OutgoingMessage, User
from supporters.rules.email import Address
from supporters.services.outbox import queue_letter
from volunteers.models import Team
from volunteers.queries.leaders import leaders_of
from volunteers.services.team_mails import Note, names_of, post_all

MOST_A_DAY = 5


class TooManyMessages(Exception):
    """Somebody wrote as often today as one may."""


class NobodyLeads(Exception):
    """There is nobody in the team to write to."""


@transaction.atomic
def write_to_leaders(*, team: Team, sender: User, text: str, now: datetime) -> None:
    """Mail what a member says to everybody who leads the team; they answer to the member's own address.

    The same words twice on one day are one message.
    Raises: NobodyLeads, TooManyMessages.
    """
    leaders = leaders_of(team)
    if not leaders:
        raise NobodyLeads
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=sender.pk)
    start = f"{team.pk}:{sender.pk}:{now:%Y%m%d}:"
    kind = "volunteers/team_message"
    keys = OutgoingMessage.objects.filter(key__startswith=f"{kind}:{start}").values_list("key", flat=True)
    digests = {key.split(":")[4] for key in keys}
    digest = keyed_hash(text)[:16]
    if digest not in digests and len(digests) >= MOST_A_DAY:
        raise TooManyMessages
    context = {"who": sender.name or sender.email, "text": text, "reply_to": sender.email}
    post_all(Note("team_message", start + digest, context), to=leaders, about=team, now=now)


@transaction.atomic
def invite_to_team(
    *, team: Team, address: Address, name: str, language: str, by: User, now: datetime
) -> None:
    """Mail somebody the way into the team, once a week at most whoever invites them; nothing else is kept of them."""
    week = now.isocalendar()
    letter = Letter(
        kind="volunteers/team_invitation",
        key=f"volunteers/team_invitation:{team.pk}:{keyed_hash(address.key)[:32]}:{week.year}{week.week:02}",
        to=address,
        language=language,
        context={"name": name, "number": team.riding_number, "who": by.name or by.email, **names_of(team)},
    )
    queue_letter(letter=letter, now=now)
