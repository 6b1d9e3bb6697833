"""Whether an address may be mailed."""

from datetime import UTC, datetime, timedelta

import pytest

from supporters.rules.permission import Obstacle, Suppression, obstacle

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(seconds=1), NOON + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("reason", "purpose", "queued_at", "found"),
    [
        ("erased", "", BEFORE, Obstacle.SUPPRESSED),
        ("erased", "", NOON, Obstacle.SUPPRESSED),
        ("erased", "", AFTER, None),
        ("erased", "news", AFTER, Obstacle.SUPPRESSED),
        ("bounced", "", AFTER, Obstacle.SUPPRESSED),
        ("refused", "", AFTER, Obstacle.SUPPRESSED),
        ("complained", "", AFTER, Obstacle.SUPPRESSED),
        ("complained", "news", AFTER, Obstacle.SUPPRESSED),
    ],
)
def test_a_suppressed_address(reason: str, purpose: str, queued_at: datetime, found: Obstacle | None) -> None:
    suppression = Suppression(reason, NOON)

    assert (
        obstacle(suppression=suppression, purpose=purpose, consent="confirmed", queued_at=queued_at) == found
    )


@pytest.mark.parametrize(
    ("purpose", "consent", "found"),
    [
        ("", None, None),
        ("news", "confirmed", None),
        ("news", "given", Obstacle.NO_CONSENT),
        ("news", "withdrawn", Obstacle.NO_CONSENT),
        ("news", None, Obstacle.NO_CONSENT),
    ],
)
def test_consent(purpose: str, consent: str | None, found: Obstacle | None) -> None:
    assert obstacle(suppression=None, purpose=purpose, consent=consent, queued_at=NOON) == found
