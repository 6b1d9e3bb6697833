"""Logs are structured and say nothing about where somebody lives."""

import io
import json
import logging

import pytest

from coop4canada.kit.logs import JsonFormatter, WithoutSecrets
from coop4canada.kit.signing import seal


@pytest.fixture
def logged() -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(WithoutSecrets())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, stream


def test_a_record_is_one_line_of_json(logged: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = logged

    logger.warning("Montréal: %d", 3)

    entry = json.loads(stream.getvalue())
    assert (entry["level"], entry["logger"], entry["message"]) == ("WARNING", "test", "Montréal: 3")


def test_a_trace_is_kept_in_the_line(logged: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = logged

    try:
        raise ValueError("broken")
    except ValueError:
        logger.exception("failed")

    assert "ValueError: broken" in json.loads(stream.getvalue())["trace"]


def test_a_postal_code_in_an_address_is_masked(logged: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = logged

    logger.warning("%s: %s", "Not Found", "/postcodes/K1A0B1/")

    assert json.loads(stream.getvalue())["message"] == "Not Found: /postcodes/…/"


def test_the_token_of_a_link_is_masked(logged: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = logged

    logger.warning("%s: %s", "Gone", f"/fr/petitions/confirm/{seal('petitions.confirm', 12345)}/")

    assert json.loads(stream.getvalue())["message"] == "Gone: /fr/petitions/confirm/…/"


@pytest.mark.parametrize("secret", ["sk_live_51abcDEF", "rk_test_9", "whsec_abc123"])
def test_keys_of_the_payment_provider_are_masked(
    logged: tuple[logging.Logger, io.StringIO], secret: str
) -> None:
    logger, stream = logged

    logger.error("invalid key %s given", secret)

    assert json.loads(stream.getvalue())["message"] == "invalid key … given"
