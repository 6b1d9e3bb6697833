"""Which mails may leave now."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.rules.limits import Gate, Limit, Recent, Waiting, admit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BURST = Limit("origin", 10 * MINUTE, 3)
DAY = Limit("origin", timedelta(days=1), 5)


def waiting(number: int, origin: str = "a", **keys: str) -> Waiting:
    return Waiting(number, origin, keys.get("wide", ""), keys.get("domain", ""), keys.get("recipient", ""))


def gate(*limits: Limit, sent: dict[tuple[Limit, str], Recent] | None = None, busy: int = 0) -> Gate:
    return Gate(limits, sent or {}, {("origin", "a"): busy}, NOON)


def test_without_limits_all_leave_in_order_up_to_the_batch() -> None:
    admission = admit([waiting(number) for number in range(9)], gate(), most=4)

    assert (admission.admitted, admission.postponed) == ([0, 1, 2, 3], {})


@pytest.mark.parametrize(
    ("sent", "busy", "admitted"), [(0, 0, 3), (1, 0, 2), (3, 0, 0), (1, 1, 1), (0, 3, 0), (9, 9, 0)]
)
def test_what_left_and_what_is_leaving_counts(sent: int, busy: int, admitted: int) -> None:
    recent = {(BURST, "a"): Recent(sent, NOON - MINUTE)} if sent else {}

    admission = admit([waiting(number) for number in range(5)], gate(BURST, sent=recent, busy=busy), most=50)

    assert len(admission.admitted) == admitted
    assert len(admission.postponed) == 5 - admitted


def test_those_over_a_limit_come_one_after_the_other_when_the_window_frees() -> None:
    recent = {(BURST, "a"): Recent(3, NOON - 4 * MINUTE)}

    admission = admit([waiting(1), waiting(2), waiting(3)], gate(BURST, sent=recent), most=50)

    frees_at = NOON + 6 * MINUTE
    step = BURST.window / BURST.most
    assert admission.postponed == {1: frees_at, 2: frees_at + step, 3: frees_at + 2 * step}


def test_the_strictest_of_two_windows_decides() -> None:
    recent = {(BURST, "a"): Recent(3, NOON - 4 * MINUTE), (DAY, "a"): Recent(5, NOON - 60 * MINUTE)}

    admission = admit([waiting(1)], gate(BURST, DAY, sent=recent), most=50)

    assert admission.postponed == {1: NOON + timedelta(hours=23)}


def test_another_key_and_no_key_are_not_touched() -> None:
    recent = {(BURST, "a"): Recent(3, NOON - MINUTE)}

    admission = admit([waiting(1), waiting(2, "b"), waiting(3, "")], gate(BURST, sent=recent), most=50)

    assert (admission.admitted, list(admission.postponed)) == ([2, 3], [1])


@pytest.mark.parametrize("scope", ["origin", "wide", "domain", "recipient"])
def test_each_scope_counts_its_own_key(scope: str) -> None:
    limit = Limit(scope, MINUTE, 1)
    mail = {name: name for name in ("wide", "domain", "recipient")}

    admission = admit([waiting(1, **mail), waiting(2, **mail)], Gate([limit], {}, {}, NOON), most=50)

    assert (admission.admitted, list(admission.postponed)) == ([1], [2])


@given(
    origins=st.lists(st.sampled_from("abc"), max_size=60),
    most=st.integers(1, 10),
    sent=st.integers(0, 12),
    batch=st.integers(1, 50),
)
def test_none_is_lost_and_no_limit_broken(origins: list[str], most: int, sent: int, batch: int) -> None:
    limit = Limit("origin", 10 * MINUTE, most)
    recent = {(limit, "a"): Recent(min(sent, most), NOON - MINUTE)} if sent else {}
    mails = [waiting(number, origin) for number, origin in enumerate(origins)]

    admission = admit(mails, Gate([limit], recent, {}, NOON), most=batch)

    seen = set(admission.admitted) | set(admission.postponed)
    assert len(admission.admitted) <= batch
    assert seen == set(range(len(mails))) or len(admission.admitted) == batch
    assert all(until > NOON for until in admission.postponed.values())
    for origin in "abc":
        left = sum(origins[number] == origin for number in admission.admitted)
        assert left + (min(sent, most) if origin == "a" else 0) <= max(most, min(sent, most))
