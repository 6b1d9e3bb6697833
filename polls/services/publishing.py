"""Showing a poll to the public, and taking it back: the only ways there, for pages and commands alike."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import translation

from coop4canada.kit.jobs import enqueue
from polls.enums import MailAudience, PollState, ProjectState
from polls.models import Poll, PollMailing, PollMove
from polls.queries.gate import Refusal, gate_of, questions_of, readings_of
from polls.rules.poll_states import may_move
from polls.rules.toplines import topline_of
from polls.services.projects import move_project
from ridings.services.local_polls import LocalPollReading, remove_local_poll, store_local_poll
from supporters.models import User


class PublicationRefused(ValueError):
    """A poll is not shown: every fact that is missing and every other reason, in the active language."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        """Remember why."""
        self.refusals = tuple(refusals)
        super().__init__("; ".join(refusal.words for refusal in self.refusals))


class RetractionRefused(ValueError):
    """A poll is not taken back: it is not shown, or the reason is missing in a language."""


def key_of(poll: Poll) -> str:
    """Return the key of a poll's reading in the projection."""
    return f"poll:{poll.pk}"


@transaction.atomic
def publish_poll(*, poll: Poll, by: User | None, now: datetime) -> Poll:
    """Show a poll that has every fact the law wants: page, map, mails. One that is shown already is left alone.

    Locks the poll's row, so that nobody changes it meanwhile (triggers of its questions and readings wait for it).
    Raises: PublicationRefused.
    """
    row = _locked(poll.pk)
    if row.state == PollState.PUBLISHED:
        return row
    gate = gate_of(row, now)
    if gate.refusals:
        raise PublicationRefused(gate.refusals)
    row.state, row.published_at, row.retracted_at = PollState.PUBLISHED, now, None
    row.retraction_en = row.retraction_fr = ""
    row.save()
    _note_move(row, "", by, now)
    if row.project is not None:
        move_project(project=row.project, to=ProjectState.PUBLISHED, reason="poll published", by=by, now=now)
    # What chance did not choose is shown, marked as such, and moves nothing.
    if row.is_probability:
        store_local_poll(reading=_reading_of(row), now=now)
    return row


@transaction.atomic
def retract_poll(*, poll: Poll, reason_en: str, reason_fr: str, by: User | None, now: datetime) -> Poll:
    """Take a poll back: its page keeps facts and reason, the map forgets it, who was told is told. Twice is once.

    Raises: RetractionRefused.
    """
    row = _locked(poll.pk)
    if row.state == PollState.RETRACTED:
        return row
    if not may_move(row.state, PollState.RETRACTED):
        raise RetractionRefused("state")
    if not reason_en.strip() or not reason_fr.strip():
        raise RetractionRefused("reason")
    row.state, row.retracted_at = PollState.RETRACTED, now
    row.retraction_en, row.retraction_fr = reason_en.strip()[:300], reason_fr.strip()[:300]
    row.save(update_fields=["state", "retracted_at", "retraction_en", "retraction_fr"])
    _note_move(row, row.retraction_en, by, now)
    if row.project is not None and row.project.state == ProjectState.PUBLISHED:
        move_project(project=row.project, to=ProjectState.IN_FIELD, reason="poll retracted", by=by, now=now)
    remove_local_poll(key=key_of(row), now=now)
    return row


def _locked(pk: int) -> Poll:
    rows = Poll.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("project", "riding__boundary_set").get(pk=pk)


def _note_move(poll: Poll, reason: str, by: User | None, now: datetime) -> None:
    """Write the history, and the rows by which a job queues the mails."""
    move = PollMove.objects.create(poll=poll, to_state=poll.state, reason=reason, at=now, by=by)
    PollMailing.objects.bulk_create(PollMailing(move=move, audience=audience) for audience in MailAudience)
    enqueue("polls.tasks.queue_poll_mails")


def _reading_of(poll: Poll) -> LocalPollReading:
    about_the_vote = next(question for question in questions_of(poll) if question.is_vote_intention)
    topline = topline_of(readings_of(about_the_vote), poll.sample_size or 1)
    # The gate has looked at both.
    if topline is None or poll.field_starts_on is None or poll.field_ends_on is None:
        raise AssertionError(f"poll {poll.pk} passed the gate without its facts")
    with translation.override("en"):
        path = poll.get_absolute_url()
    return LocalPollReading(
        key=key_of(poll),
        riding_id=poll.riding_id,
        field_starts_on=poll.field_starts_on,
        field_ends_on=poll.field_ends_on,
        sample_size=topline.base,
        shares=topline.shares,
        firm=poll.firm,
        url=path,
    )
