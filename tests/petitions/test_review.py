"""Organizers decide about signatures one by one."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry

from petitions.models import Invalidation, Petition, Signature
from petitions.services import decide_signatures
from supporters.models import User
from supporters.services.reviewing import Decided, Verdict
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition() -> Petition:
    return make.petition()


def in_state(petition: Petition, state: str, *, has_confirmed: bool) -> Signature:
    row = make.signed(petition, suspicion=frozenset({"honeypot"}))
    row.state, row.confirmed_at = state, make.NOON if has_confirmed else None
    row.save()
    return row


@pytest.mark.parametrize(
    ("before", "verdict", "after"),
    [
        (("held", True), Verdict.ACCEPT, ("confirmed", "honeypot")),
        (("held", False), Verdict.ACCEPT, ("pending", "")),
        (("invalid", True), Verdict.ACCEPT, ("confirmed", "honeypot")),
        (("invalid", False), Verdict.ACCEPT, ("pending", "")),
        (("pending", False), Verdict.ACCEPT, ("pending", "honeypot")),
        (("withdrawn", True), Verdict.ACCEPT, ("withdrawn", "honeypot")),
        (("held", True), Verdict.INVALIDATE, ("invalid", "honeypot")),
        (("confirmed", True), Verdict.INVALIDATE, ("invalid", "honeypot")),
        (("withdrawn", True), Verdict.INVALIDATE, ("withdrawn", "honeypot")),
        (("confirmed", True), Verdict.HOLD, ("held", "honeypot")),
        (("invalid", True), Verdict.HOLD, ("held", "honeypot")),
    ],
)
def test_a_decision_follows_the_table_of_moves(
    petition: Petition, organizer: User, before: tuple[str, bool], verdict: Verdict, after: tuple[str, str]
) -> None:
    row = in_state(petition, before[0], has_confirmed=before[1])

    decided = decide_signatures(signature_ids=[row.pk], verdict=verdict, reason="looked at", user=organizer)

    row.refresh_from_db()
    is_changed = before[0] != after[0]
    assert (row.state, row.suspicion) == after
    assert decided == Decided(int(is_changed), int(not is_changed))
    logged = LogEntry.objects.values_list("user__email", "object_id", "change_message")
    assert list(logged) == (
        [("edith@example.org", str(row.pk), f"{verdict}: looked at")] if is_changed else []
    )


def test_deciding_twice_is_deciding_once(petition: Petition, organizer: User) -> None:
    row = in_state(petition, "held", has_confirmed=True)
    decisions = [
        decide_signatures(signature_ids=[row.pk, 999_999], verdict=Verdict.ACCEPT, reason="", user=organizer)
        for _time in range(2)
    ]

    assert decisions == [Decided(1, 1), Decided(0, 2)]
    assert LogEntry.objects.count() == 1


def test_what_was_decided_by_hand_is_no_longer_undone_with_many(petition: Petition, organizer: User) -> None:
    row = in_state(petition, "invalid", has_confirmed=True)
    row.invalidation = Invalidation.objects.create(
        petition=petition,
        key="k",
        criteria={},
        reason="",
        requested_by=organizer,
        created_at=make.NOON + timedelta(hours=1),
        last_signature_id=row.pk,
        expected_count=1,
    )
    row.state_before = "pending"
    row.save()

    decide_signatures(signature_ids=[row.pk], verdict=Verdict.HOLD, reason="", user=organizer)

    row.refresh_from_db()
    assert [row.state, row.invalidation, row.state_before] == ["held", None, ""]
