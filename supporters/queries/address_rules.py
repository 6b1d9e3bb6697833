"""The organizers' address rules, which every form asks."""

from datetime import datetime, timedelta

from coop4canada.kit.memory import ShortMemory
from supporters.models import AddressRule
from supporters.rules.address_rules import Rule, RuleBook, rule_book

_memory: ShortMemory[RuleBook] = ShortMemory(timedelta(seconds=30))


def current_rules(now: datetime) -> RuleBook:
    """Return the rules, at most half a minute old."""
    return _memory.recall("rules", _read, now=now)


def _read() -> RuleBook:
    rows = AddressRule.objects.order_by("pk").values_list("verdict", "subject", "pattern")
    return rule_book(Rule(*row) for row in rows)
