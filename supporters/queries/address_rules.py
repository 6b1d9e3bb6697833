"""The organizers' address rules, kept in the process for a while: every form asks them."""

from datetime import datetime, timedelta
from typing import cast

from supporters.models import AddressRule
from supporters.rules.address_rules import Rule, RuleBook, Verdict, rule_book

LIFE = timedelta(seconds=30)


class RuleHolder:
    """Holds the rules as they were read last."""

    def __init__(self) -> None:
        self._book = RuleBook()
        self._read_at: datetime | None = None

    def current(self, now: datetime) -> RuleBook:
        """Return the rules, at most half a minute old."""
        if self._read_at is None or not timedelta(0) <= now - self._read_at < LIFE:
            rows = AddressRule.objects.order_by("pk").values_list("verdict", "subject", "pattern")
            self._book = rule_book(
                Rule(cast("Verdict", verdict), subject, pattern)  # type: ignore[arg-type]  # choices of the model
                for verdict, subject, pattern in rows
            )
            self._read_at = now
        return self._book

    def forget(self) -> None:
        """Read anew next time."""
        self._read_at = None


holder = RuleHolder()
