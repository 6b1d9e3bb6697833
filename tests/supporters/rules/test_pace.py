"""How often somebody gets a mail about what anybody typed."""

from datetime import UTC, datetime, timedelta

import pytest

from supporters.rules.pace import may_mail

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("count", "ago", "allowed"),
    [(0, None, True), (1, 9 * MINUTE, False), (1, 10 * MINUTE, True), (4, DAY, True), (5, DAY, False)],
)
def test_mails_about_a_form_are_few(count: int, ago: timedelta | None, allowed: bool) -> None:
    mailed_at = None if ago is None else NOW - ago

    assert may_mail(mail_count=count, mailed_at=mailed_at, now=NOW) is allowed
