"""Mails that a poll is published or retracted: in batches, each once, wherever and however often the job runs."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from polls.enums import MailAudience, PollState
from polls.models import Contribution, Poll, PollMailing, PollMove
from polls.rules.contribution_states import HELD
from supporters.enums import ConsentDecision, MessageState, Purpose
from supporters.models import ConsentEvent, OutgoingMessage, Supporter
from supporters.rules.person_name import given_name
from supporters.services import Draft, queue_message
from supporters.services.outbox import PRIORITY_BULK

BATCH = 500
# A run ends well before the time limit of a job; the next one goes on.
MOST_BATCHES = 100
KINDS = {PollState.PUBLISHED: "polls/poll_published", PollState.RETRACTED: "polls/poll_retracted"}
# What a mail to an audience rests on: who gave is answered, neighbours agreed to news.
PURPOSES = {MailAudience.GIVERS: "", MailAudience.NEIGHBOURS: Purpose.NEWS.value}


def queue_poll_mails(*, now: datetime) -> int:
    """Queue what is planned, in batches of their own transactions; return how many mails."""
    queued = 0
    unfinished = PollMailing.objects.filter(finished_at__isnull=True).order_by("pk")
    for pk in list(unfinished.values_list("pk", flat=True)):
        for _batch in range(MOST_BATCHES):
            number = _queue_batch(pk, now)
            if number is None:
                break
            queued += number
    return queued


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
    people = [] if is_late else list(_audience(mailing).order_by("pk")[:BATCH])
    facts = _facts(move.poll) if people else {}
    for supporter in people:
        queue_message(draft=_draft(mailing, supporter, facts), now=now)
    if people:
        mailing.last_id = people[-1].pk
    if len(people) < BATCH:
        mailing.finished_at = now
    mailing.queued_count += len(people)
    mailing.save()
    return len(people)


def _audience(mailing: PollMailing) -> QuerySet[Supporter]:
    """Return who is still to be told; of a retraction, only those whom the mail of the publication has left for."""
    poll = mailing.move.poll
    people = _givers(poll) if mailing.audience == MailAudience.GIVERS else _neighbours(poll)
    people = people.filter(pk__gt=mailing.last_id)
    if mailing.move.to_state == PollState.PUBLISHED:
        return people
    earlier = PollMove.objects.filter(poll=poll, to_state=PollState.PUBLISHED, pk__lt=mailing.move_id)
    told = OutgoingMessage.objects.filter(
        supporter=OuterRef("pk"),
        key__startswith=_key_start(earlier.latest("pk")),
        state__in=[MessageState.SENT, MessageState.SENDING],
    )
    return people.filter(Exists(told))


def _givers(poll: Poll) -> QuerySet[Supporter]:
    # Without a project nobody gave for it.
    gifts = Contribution.objects.filter(
        project=poll.project_id, project__isnull=False, state__in=HELD, supporter=OuterRef("pk")
    )
    return Supporter.objects.filter(Exists(gifts))


def _neighbours(poll: Poll) -> QuerySet[Supporter]:
    """Return who lives in the riding and agreed to news: those who pledged, signed or joined and said so."""
    last = ConsentEvent.objects.filter(supporter=OuterRef("pk"), purpose=Purpose.NEWS).order_by("-pk")
    people = Supporter.objects.filter(
        riding_number=poll.riding.number, email_confirmed_at__isnull=False
    ).annotate(news=Subquery(last.values("decision")[:1]))
    return people.filter(news=ConsentDecision.CONFIRMED)


def _key_start(move: PollMove) -> str:
    return f"{KINDS[PollState(move.to_state)]}:{move.pk}:"


def _draft(mailing: PollMailing, supporter: Supporter, facts: dict[str, Any]) -> Draft:
    # A giver who lives in the riding is written to once: both audiences have the same key.
    move = mailing.move
    return Draft(
        kind=KINDS[PollState(move.to_state)],
        key=f"{_key_start(move)}{supporter.pk}",
        supporter=supporter,
        context={
            **facts,
            "name": given_name(supporter.name) if supporter.name else "",
            "move": move.pk,
            "has_given": mailing.audience == MailAudience.GIVERS,
        },
        purpose=PURPOSES[MailAudience(mailing.audience)],
        priority=PRIORITY_BULK,
    )


def _facts(poll: Poll) -> dict[str, Any]:
    """Return what a mail says of a poll, in both languages: never a share, those stand beside all facts on the page."""
    values: dict[str, Any] = {"poll": poll.pk, "firm": poll.firm, "sample_size": poll.sample_size}
    for language in ("en", "fr"):
        with translation.override(language):
            values |= {
                f"path_{language}": reverse("polls:poll", args=[poll.pk]),
                f"riding_{language}": getattr(poll.riding, f"name_{language}"),
                f"starts_{language}": date_format(poll.field_starts_on, "DATE_FORMAT"),
                f"ends_{language}": date_format(poll.field_ends_on, "DATE_FORMAT"),
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
