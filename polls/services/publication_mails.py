"""Mails that a poll is published or retracted: in batches, each once, wherever and however often the job runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import translation

from coop4canada.kit.senders import Letter
from polls.enums import MailAudience, PollState
from polls.models import Contribution, Poll, PollMailing, PollMove
from polls.queries.facts import day_words
from polls.rules.contribution_states import HELD
from supporters.enums import ConsentDecision, MessageState, Purpose
from supporters.models import ConsentEvent, OutgoingMessage, Supporter
from supporters.rules.email import BadAddress, read_address
from supporters.rules.person_name import given_name
from supporters.services import Draft, queue_message
from supporters.services.batches import in_batches
from supporters.services.outbox import PRIORITY_BULK, queue_letter

BATCH = 500
KINDS = {PollState.PUBLISHED: "polls/poll_published", PollState.RETRACTED: "polls/poll_retracted"}
# What a mail to an audience rests on: who gave is answered, neighbours agreed to news.
PURPOSES = {MailAudience.GIVERS: "", MailAudience.NEIGHBOURS: Purpose.NEWS.value}


def queue_poll_mails(*, now: datetime) -> int:
    """Queue what is planned, in batches of their own transactions; return how many mails."""
    unfinished = PollMailing.objects.filter(finished_at__isnull=True).order_by("pk")
    keys = list(unfinished.values_list("pk", flat=True))
    return in_batches(keys, lambda key: _queue_batch(key, now))


@transaction.atomic
def _queue_batch(mailing_id: int, now: datetime) -> int | None:
    """Queue the next people's mails; None if that is done, or another worker does it."""
    rows = PollMailing.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    unfinished = rows.filter(pk=mailing_id, finished_at__isnull=True)
    mailing = unfinished.select_related("move__poll__riding").first()
    if mailing is None:
        return None
    move = mailing.move
    # Whoever was told of nothing yet is told nothing, where the poll has moved on.
    is_late = move.poll.state != move.to_state
    people = [] if is_late else _next_people(mailing)
    _queue(mailing, people, now)
    if people:
        mailing.last_id = people[-1].number
    if len(people) < BATCH:
        mailing.finished_at = now
    mailing.queued_count += len(people)
    mailing.save()
    return len(people)


@dataclass(frozen=True)
class _Addressee:
    """Where a batch has come to, and whom it writes to: a supporter, or the address of a gift that has none."""

    number: int
    supporter: Supporter | None
    gift: Contribution | None

    @property
    def key(self) -> str:
        """Name the person: who gave twice, or gave and lives there, is written to once."""
        if self.supporter is not None:
            return str(self.supporter.pk)
        return f"gift-{self.gift.person_key[:40]}" if self.gift else ""


def _next_people(mailing: PollMailing) -> list[_Addressee]:
    """Return the next of an audience; of a retraction only those whom the mail of the publication has left for."""
    poll = mailing.move.poll
    if mailing.audience == MailAudience.GIVERS:
        gifts = _gifts(poll).filter(pk__gt=mailing.last_id).order_by("pk")[:BATCH]
        return [_Addressee(gift.pk, gift.supporter, gift) for gift in gifts]
    people = _neighbours(poll).filter(pk__gt=mailing.last_id).order_by("pk")[:BATCH]
    return [_Addressee(person.pk, person, None) for person in people]


def _queue(mailing: PollMailing, people: list[_Addressee], now: datetime) -> None:
    if not people:
        return
    told = _told(mailing.move, [one.key for one in people])
    facts = _facts(mailing.move.poll)
    for one in people:
        if told is None or one.key in told:
            _write(mailing, one, facts, now)


def _told(move: PollMove, keys: list[str]) -> set[str] | None:
    """Return who got the mail that a retraction takes back; None where nobody needs to have got one."""
    if move.to_state == PollState.PUBLISHED:
        return None
    earlier = PollMove.objects.filter(poll=move.poll, to_state=PollState.PUBLISHED, pk__lt=move.pk)
    start = _key_start(earlier.latest("pk"))
    # One that waits is vetoed; one on its way arrives.
    left = OutgoingMessage.objects.filter(
        key__in=[start + key for key in keys], state__in=[MessageState.SENT, MessageState.SENDING]
    )
    return {key.removeprefix(start) for key in left.values_list("key", flat=True)}


def _gifts(poll: Poll) -> QuerySet[Contribution]:
    # Without a project nobody gave for it.
    gifts = Contribution.objects.filter(
        project=poll.project_id, project__isnull=False, state__in=HELD
    ).exclude(email="")
    return gifts.select_related("supporter")


def _neighbours(poll: Poll) -> QuerySet[Supporter]:
    """Return who lives in the riding and agreed to news: those who pledged, signed or joined and said so."""
    last = ConsentEvent.objects.filter(supporter=OuterRef("pk"), purpose=Purpose.NEWS).order_by("-pk")
    people = Supporter.objects.filter(
        riding_number=poll.riding.number, email_confirmed_at__isnull=False
    ).annotate(news=Subquery(last.values("decision")[:1]))
    return people.filter(news=ConsentDecision.CONFIRMED)


def _key_start(move: PollMove) -> str:
    return f"{KINDS[PollState(move.to_state)]}:{move.pk}:"


def _write(mailing: PollMailing, one: _Addressee, facts: dict[str, Any], now: datetime) -> None:
    kind, key = KINDS[PollState(mailing.move.to_state)], _key_start(mailing.move) + one.key
    name = one.gift.name if one.gift else one.supporter.name if one.supporter else ""
    context = {
        **facts,
        "name": given_name(name) if name else "",
        "move": mailing.move_id,
        "has_given": one.gift is not None,
    }
    if one.supporter is not None:
        purpose = PURPOSES[MailAudience(mailing.audience)]
        draft = Draft(kind, key, one.supporter, context, purpose, PRIORITY_BULK)
        queue_message(draft=draft, now=now)
    elif one.gift is not None:
        try:
            address = read_address(one.gift.email)
        except BadAddress:
            return  # typed by an organizer from a cheque
        queue_letter(letter=Letter(kind, key, address, one.gift.language, context), now=now)


def _facts(poll: Poll) -> dict[str, Any]:
    """Return what a mail says of a poll, in both languages: never a share, those stand beside all facts on the page."""
    values: dict[str, Any] = {
        "poll": poll.pk,
        "firm": poll.firm,
        "sample_size": poll.sample_size,
        "moves_map": poll.is_probability,
    }
    for language in ("en", "fr"):
        with translation.override(language):
            values |= {
                f"path_{language}": reverse("polls:poll", args=[poll.pk]),
                f"riding_{language}": getattr(poll.riding, f"name_{language}"),
                f"starts_{language}": day_words(poll.field_starts_on),
                f"ends_{language}": day_words(poll.field_ends_on),
                f"because_{language}": getattr(poll, f"retraction_{language}"),
            }
    return values


def veto(*, message: OutgoingMessage, now: datetime) -> str:  # noqa: ARG001 — the moment decides nothing here
    """Say why a mail about a poll must not leave now, right before it would; empty if it may, or is another mail."""
    if message.kind not in KINDS.values():
        return ""
    newest = (
        PollMove.objects.filter(poll=message.context["poll"]).order_by("-pk").values_list("pk", flat=True)
    )
    return "" if newest.first() == message.context["move"] else "the poll has moved on"
