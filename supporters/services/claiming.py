"""Claiming mails for sending: who may leave now, who waits, who was left behind by a worker that died."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from coop4canada.kit.db import lock_for_transaction
from supporters.enums import LimitScope, MessageState, RuleSubject, RuleVerdict
from supporters.models import AddressRule, MailEvent, MailLimit, OutgoingMessage, ProviderOutage
from supporters.rules.address_rules import Rule, RuleBook, rule_book
from supporters.rules.backoff import pause_after_loss
from supporters.rules.limits import Admission, Gate, Limit, Recent, Waiting, admit
from supporters.rules.reports import is_taken

BATCH = 50
# So many are looked at for one batch: those over a limit are put off together.
LOOK_AHEAD = 200
LEASE = timedelta(seconds=30)
# A sender that knows of a mail the provider took, while the database was away, writes that down before others look.
HEAD_START = timedelta(seconds=10)

COLUMNS = {
    LimitScope.ORIGIN: "origin",
    LimitScope.WIDE_ORIGIN: "wide_origin",
    LimitScope.DOMAIN: "domain",
    LimitScope.RECIPIENT: "to_key",
}

RECENT = """
    SELECT asked.key, sent.count, sent.oldest
    FROM unnest(%s::text[]) AS asked (key)
    CROSS JOIN LATERAL (
        SELECT count(*) AS count, min(sent_at) AS oldest
        FROM (
            SELECT sent_at FROM supporters_outgoingmessage
            WHERE {column} = asked.key AND sent_at IS NOT NULL AND sent_at > %s
            ORDER BY sent_at DESC LIMIT %s
        ) AS newest
    ) AS sent
    WHERE sent.count > 0
"""
CLAIM = """
    UPDATE supporters_outgoingmessage
    SET state = 'sending', leased_until = %s, attempts = attempts + 1
    WHERE id IN (
        SELECT id FROM supporters_outgoingmessage
        WHERE id = ANY(%s) AND state = 'queued' FOR UPDATE SKIP LOCKED
    )
"""
POSTPONE = """
    UPDATE supporters_outgoingmessage AS message SET due_at = later.due_at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS later (id, due_at)
    WHERE message.id = later.id AND message.state = 'queued'
"""
DATABASE_STARTED = "SELECT now() - pg_postmaster_start_time() < make_interval(secs => %s)"


@dataclass(frozen=True)
class Batch:
    """Mails that are this worker's until `lease`; `postponed` counts those put off because of a limit.

    A probe is a single mail, sent to learn whether the provider is back.
    """

    messages: list[OutgoingMessage] = field(default_factory=list)
    lease: datetime | None = None
    postponed: int = 0
    is_probe: bool = False


@transaction.atomic
def claim_messages(*, now: datetime) -> Batch:
    """Take up to fifty due mails for sending, the most urgent first; one at a time while the provider is out.

    Workers claim one after the other, so that limits hold however many there are. The number of queries does not
    depend on the number of mails.
    """
    lock_for_transaction("supporters.outbox")
    outage = ProviderOutage.objects.first()
    if outage is not None and outage.retry_at > now:
        return Batch()
    _take_back_lost(now)
    admission = _admission(now, most=1 if outage else BATCH)
    lease = now + LEASE
    with connection.cursor() as cursor:
        if admission.postponed:
            cursor.execute(POSTPONE, [list(admission.postponed), list(admission.postponed.values())])
        cursor.execute(CLAIM, [lease, admission.admitted])
    mine = OutgoingMessage.objects.filter(
        pk__in=admission.admitted, state=MessageState.SENDING, leased_until=lease
    )
    messages = list(mine.order_by("priority", "due_at", "pk").select_related("supporter"))
    return Batch(messages, lease, len(admission.postponed), is_probe=outage is not None)


def _take_back_lost(now: datetime) -> None:
    """Settle mails whose lease is over: sent if the provider has reported about them, else to be sent again."""
    with connection.cursor() as cursor:
        cursor.execute(DATABASE_STARTED, [HEAD_START.total_seconds()])
        if cursor.fetchone()[0]:
            return
    rows = OutgoingMessage.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    lost = list(
        rows.filter(state=MessageState.SENDING, leased_until__lt=now).order_by("leased_until")[:LOOK_AHEAD]
    )
    if not lost:
        return
    reports = MailEvent.objects.filter(message_key__in=[message.key for message in lost])
    rows_of_reports = reports.order_by("-at").values_list("message_key", "kind", "at")
    taken = {key: at for key, kind, at in rows_of_reports if is_taken(kind)}
    for message in lost:
        _settle(message, taken.get(message.key), now)
    OutgoingMessage.objects.bulk_update(lost, ["state", "sent_at", "due_at", "leased_until"])


def _settle(message: OutgoingMessage, taken_at: datetime | None, now: datetime) -> None:
    pause = pause_after_loss(message.attempts)
    message.leased_until = None
    if taken_at is not None:
        message.state, message.sent_at = MessageState.SENT, min(taken_at, now)
    elif pause is None:
        message.state = MessageState.FAILED
    else:
        message.state, message.due_at = MessageState.QUEUED, now + pause


def _admission(now: datetime, *, most: int) -> Admission:
    due = OutgoingMessage.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    rows = list(
        due.order_by("priority", "due_at", "pk").only(
            "pk", "to", "to_key", "domain", "origin", "wide_origin", "purpose"
        )[:LOOK_AHEAD]
    )
    if not rows:
        return Admission()
    limits = [
        Limit(limit.scope, timedelta(seconds=limit.window_seconds), limit.most)
        for limit in MailLimit.objects.order_by("scope", "window_seconds")
    ]
    exempt = _exemptions()
    waiting = [_waiting(row, exempt) for row in rows]
    gate = Gate(limits, _recent(limits, waiting, now), _on_their_way(now), now)
    return admit(waiting, gate, most=most)


def _exemptions() -> dict[str, RuleBook]:
    """Return the rules that say “never limit”, by what they look at: each lifts limits of its own kind only."""
    rules = AddressRule.objects.filter(verdict=RuleVerdict.ALLOW).order_by("pk")
    patterns = list(rules.values_list("subject", "pattern"))
    return {
        subject: rule_book(Rule("allow", subject, pattern) for kind, pattern in patterns if kind == subject)
        for subject in RuleSubject.values
    }


def _waiting(message: OutgoingMessage, exempt: dict[str, RuleBook]) -> Waiting:
    """Say by what a mail is counted.

    What nobody at a form asked for, as at a stall, in bulk or after a link of ours, is counted by its domain alone.
    """
    emails, origin = (message.to, message.to_key), message.origin.partition("/")[0]
    is_exempt = {
        subject: book.verdict_on(emails=emails, domain=message.domain, origin=origin) == "allow"
        for subject, book in exempt.items()
    }
    if is_exempt[RuleSubject.EMAIL]:
        return Waiting(message.pk, "", "", "", "")
    domain = "" if is_exempt[RuleSubject.DOMAIN] else message.domain
    if not message.origin or message.purpose:
        return Waiting(message.pk, "", "", domain, "")
    if is_exempt[RuleSubject.NETWORK]:
        return Waiting(message.pk, "", "", domain, message.to_key)
    return Waiting(message.pk, message.origin, message.wide_origin, domain, message.to_key)


def _recent(limits: list[Limit], waiting: list[Waiting], now: datetime) -> dict[tuple[Limit, str], Recent]:
    recent = {}
    keys: dict[str, set[str]] = {scope: set() for scope in COLUMNS}
    for mail in waiting:
        for scope, key in mail.keys().items():
            keys[scope].add(key)
    with connection.cursor() as cursor:
        for limit in limits:
            statement = RECENT.format(column=COLUMNS[LimitScope(limit.scope)])
            cursor.execute(statement, [sorted(keys[limit.scope]), now - limit.window, limit.most])
            for key, count, oldest in cursor.fetchall():
                recent[limit, key] = Recent(count, oldest)
    return recent


def _on_their_way(now: datetime) -> dict[tuple[str, str], int]:
    """Count what is being sent by other workers, by scope and key."""
    rows = OutgoingMessage.objects.filter(state=MessageState.SENDING, leased_until__gte=now)
    columns = list(COLUMNS.items())
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows.values_list(*(column for _scope, column in columns)):
        counts.update((scope.value, key) for (scope, _column), key in zip(columns, row, strict=True) if key)
    return dict(counts)


def keep_lease(*, batch: Batch, pks: list[int], now: datetime) -> Batch:
    """Prolong the lease of what remains of a batch; what is no longer ours keeps another lease than the batch."""
    lease = now + LEASE
    mine = OutgoingMessage.objects.filter(pk__in=pks, state=MessageState.SENDING, leased_until=batch.lease)
    mine.update(leased_until=lease)
    return replace(batch, lease=lease)


def release(*, batch: Batch, pks: list[int]) -> None:
    """Give mails back untried."""
    mine = OutgoingMessage.objects.filter(pk__in=pks, state=MessageState.SENDING, leased_until=batch.lease)
    mine.update(state=MessageState.QUEUED, leased_until=None, attempts=F("attempts") - 1)
