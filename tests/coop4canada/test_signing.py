"""Tokens in links, short codes, keyed hashes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.signing import TimestampSigner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop4canada.kit.signing import (
    LONGEST_TOKEN,
    BadToken,
    Unsealed,
    keyed_hash,
    read_short_code,
    seal,
    short_code,
    unseal,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.HASH_KEY = "now", [], "hash"


def test_what_is_sealed_is_unsealed_for_the_same_purpose() -> None:
    token = seal("confirm", 17, "amara@example.org", "", "ᓄᓇᕗᑦ")

    assert unseal("confirm", token, max_age=DAY) == Unsealed(
        ("17", "amara@example.org", "", "ᓄᓇᕗᑦ"), is_expired=False
    )
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", token)


@pytest.mark.parametrize("values", [(), ("",), ("", ""), (0,), ("a b/c?d&e",)])
def test_any_number_of_values_comes_back(values: tuple[str | int, ...]) -> None:
    assert unseal("confirm", seal("confirm", *values), max_age=None).values == tuple(map(str, values))


def test_a_token_of_one_number_is_short() -> None:
    assert len(seal("confirm", 123_456)) <= 65


@pytest.mark.parametrize("values", [("x" * 400,), ("a\x1fb",)])
def test_what_could_not_be_read_again_is_not_sealed(values: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"token|separator"):
        seal("confirm", *values)


def test_an_expired_token_keeps_its_values() -> None:
    with time_machine.travel(NOON, tick=False):
        token = seal("confirm", 17)

    for age, is_expired in ((DAY, False), (DAY + timedelta(seconds=1), True)):
        with time_machine.travel(NOON + age, tick=False):
            assert unseal("confirm", token, max_age=DAY) == Unsealed(("17",), is_expired=is_expired)
            assert unseal("confirm", token, max_age=None) == Unsealed(("17",), is_expired=False)


@pytest.mark.parametrize("purpose", ["unsubscribe", "confirm2", "", "Confirm"])
def test_a_token_serves_one_purpose_only(purpose: str) -> None:
    with pytest.raises(BadToken):
        unseal(purpose, seal("confirm", 17), max_age=None)


def test_a_changed_token_is_refused_at_every_character() -> None:
    token = seal("confirm", 17)
    for at, char in enumerate(token):
        forged = token[:at] + ("A" if char != "A" else "B") + token[at + 1 :]
        # The last character of base 64 carries spare bits, yet the text is compared, not the bytes.
        with pytest.raises(BadToken):
            unseal("confirm", forged, max_age=None)


@pytest.mark.parametrize("cut", [1, 5, 20, -1, -5])
def test_a_truncated_token_is_refused(cut: int) -> None:
    with pytest.raises(BadToken):
        unseal("confirm", seal("confirm", 17)[:cut], max_age=None)


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b.c", "é", "\ud800", "\x00", "MTc:1:x", "A" * (LONGEST_TOKEN + 1), "A" * 1_000_000],
)
def test_garbage_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        unseal("confirm", token, max_age=None)


@pytest.mark.parametrize("payload", ["A", "_w", "é"])
def test_what_another_signer_made_is_refused(payload: str) -> None:
    with pytest.raises(BadToken):
        unseal("confirm", TimestampSigner(sep=".", salt="confirm").sign(payload), max_age=None)


def test_a_replaced_secret_is_still_known(settings: Any) -> None:
    token, code = seal("confirm", 17), short_code("share", 17)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "next", ["now"]

    assert unseal("confirm", token, max_age=None).values == ("17",)
    assert read_short_code("share", code) == 17
    assert short_code("share", 17) != code


@given(ANY_TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_no_token_and_no_code(text: str) -> None:
    assert read_short_code("share", text) is None
    with pytest.raises(BadToken):
        unseal("confirm", text, max_age=None)


@pytest.mark.parametrize("number", [0, 1, 35, 36, 123_456, 2**63 - 1])
def test_a_short_code_gives_its_number_back(number: int) -> None:
    code = short_code("share", number)

    assert re.fullmatch(r"[0-9a-z]{7,19}", code)
    assert read_short_code("share", code) == number
    assert read_short_code("share", f" {code.upper()} ") == number
    assert read_short_code("invite", code) is None


@pytest.mark.parametrize("change", ["0{}", "-{}", "+{}", "{}0", "{}-", "_{}", "{}é"])
def test_a_number_has_one_short_code(change: str) -> None:
    assert read_short_code("share", change.format(short_code("share", 17))) is None


@pytest.mark.parametrize("code", ["", "0", "h", "000000", "h000000", "z" * 30, "\u212a" * 8, "\x00", "1e9"])
def test_a_code_that_is_not_ours_is_no_number(code: str) -> None:
    assert read_short_code("share", code) is None


def test_a_negative_number_has_no_short_code() -> None:
    with pytest.raises(ValueError, match="Negative"):
        short_code("share", -1)


def test_a_hash_is_hex_stable_and_keyed(settings: Any) -> None:
    first = keyed_hash("amara@example.org")

    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert (keyed_hash("amara@example.org"), len(keyed_hash("\ud800"))) == (first, 64)
    assert keyed_hash("bruno@example.org") != first
    settings.HASH_KEY = "another"
    assert keyed_hash("amara@example.org") != first
