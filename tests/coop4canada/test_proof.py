"""Proof of work."""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from altcha.v1 import ChallengeOptions, create_challenge, solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from coop4canada.kit.proof import Proof, check_proof, new_challenge

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # long before or after the clock of whoever runs this
KEY = "secret"
NO_PROOF = Proof(is_valid=False, digest="", seconds_open=None)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def packed(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


def solved(key: str = KEY, now: datetime = NOON) -> dict[str, Any]:
    challenge = new_challenge(key=key, now=now, max_number=50)
    found = solve_challenge(str(challenge["challenge"]), str(challenge["salt"]), "SHA-256", 50)
    assert found is not None
    return {name: value for name, value in challenge.items() if name != "maxNumber"} | {
        "number": found.number
    }


def test_a_challenge_has_what_the_page_needs() -> None:
    challenge = new_challenge(key=KEY, now=NOON)

    assert (set(challenge), challenge["algorithm"], challenge["maxNumber"]) == (
        {"algorithm", "challenge", "maxNumber", "salt", "signature"},
        "SHA-256",
        50_000,
    )
    assert new_challenge(key=KEY, now=NOON)["challenge"] != challenge["challenge"]


@pytest.mark.parametrize(
    ("age", "is_valid"),
    [(timedelta(seconds=12.5), True), (timedelta(hours=1), True), (timedelta(hours=1, seconds=1), False)],
)
def test_a_proof_holds_for_an_hour(age: timedelta, is_valid: bool) -> None:
    solution = solved()
    digest = sha256(solution["challenge"].encode()).hexdigest()

    assert check_proof(packed(solution), key=KEY, now=NOON + age) == Proof(
        is_valid, digest, age.total_seconds()
    )


def test_a_clock_behind_by_a_little_does_no_harm() -> None:
    proof = check_proof(packed(solved()), key=KEY, now=NOON - timedelta(seconds=2))

    assert (proof.is_valid, proof.seconds_open) == (True, 0.0)


def test_the_same_challenge_has_the_same_digest_however_it_is_sent() -> None:
    solution = solved()
    bare = solution | {"salt": solution["salt"].removesuffix("&"), "extra": 1}

    assert check_proof(packed(bare), key=KEY, now=NOON) == check_proof(packed(solution), key=KEY, now=NOON)


def test_another_key_proves_nothing() -> None:
    assert check_proof(packed(solved(key="other")), key=KEY, now=NOON) == NO_PROOF


@pytest.mark.parametrize(
    "change",
    [
        {"number": 51},
        {"number": -1},
        {"number": True},
        {"number": "1"},
        {"number": 1.0},
        {"number": None},
        {"number": 10**500},
        {"algorithm": "SHA-1"},
        {"algorithm": "SHA-512"},
        {"algorithm": None},
        {"algorithm": ["SHA-256"]},
        {"salt": "x"},
        {"salt": ""},
        {"salt": 1},
        {"salt": "\ud800"},
        {"challenge": ""},
        {"challenge": ["x"]},
        {"challenge": "é"},
        {"signature": ""},
        {"signature": {}},
    ],
)
def test_a_changed_field_proves_nothing(change: dict[str, object]) -> None:
    assert check_proof(packed(solved() | change), key=KEY, now=NOON) == NO_PROOF


def test_the_expiry_cannot_be_moved() -> None:
    solution = solved()
    later = str(int((NOON + timedelta(days=1)).timestamp()))
    for salt in (
        f"{solution['salt']}expires={later}&",
        solution["salt"].replace("expires=", f"expires={later}"),
    ):
        assert check_proof(packed(solution | {"salt": salt}), key=KEY, now=NOON) == NO_PROOF


@pytest.mark.parametrize("field", ["algorithm", "challenge", "number", "salt", "signature"])
def test_a_missing_field_proves_nothing(field: str) -> None:
    solution = solved()
    del solution[field]

    assert check_proof(packed(solution), key=KEY, now=NOON) == NO_PROOF


@pytest.mark.parametrize(
    "params", [{}, {"issued": "x"}, {"issued": "nan"}, {"issued": "inf"}, {"issued": "1e300"}]
)
def test_a_challenge_of_other_make_proves_nothing(params: dict[str, str]) -> None:
    options = ChallengeOptions(number=0, hmac_key=KEY, expires=NOON + timedelta(hours=1), params=params)
    challenge = create_challenge(options)

    assert check_proof(packed(challenge.to_dict() | {"number": 0}), key=KEY, now=NOON) == NO_PROOF


@pytest.mark.parametrize("payload", ["", "é", "\ud800", "\x00", "!!!!", "abc", "A" * 1_000_000])
def test_what_is_no_base64_proves_nothing(payload: str) -> None:
    assert check_proof(payload, key=KEY, now=NOON) == NO_PROOF


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[" * 700,
        b"\xff\xfe",
        b"NaN",
        b"null",
        b"[]",
        b"[1]",
        b"{}",
        b'"x"',
        b"1",
        b'{"number": 1' + b"0" * 600,
    ],
)
def test_what_is_no_solution_proves_nothing(content: bytes) -> None:
    assert check_proof(base64.b64encode(content).decode(), key=KEY, now=NOON) == NO_PROOF


@given(st.one_of(st.text(st.characters(exclude_categories=[])), ANY_JSON.map(packed)))
def test_whatever_is_sent_is_no_error(payload: str) -> None:
    assert check_proof(payload, key=KEY, now=NOON) == NO_PROOF
