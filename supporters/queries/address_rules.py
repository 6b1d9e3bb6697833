"""The organizers' address rules, which every form asks."""

from datetime import datetime, timedelta

from coop4canada.kit.memory import ShortMemory
from coop4canada.kit.senders import MailAddress
from supporters.models import AddressRule
from supporters.rules.address_rules import Rule, RuleBook, rule_book

_memory: ShortMemory[RuleBook] = ShortMemory(timedelta(seconds=30))


def current_rules(now: datetime) -> RuleBook:
    """Return the rules, at most half a minute old."""
    return _memory.recall("rules", _read, now=now)


def verdict_on_sender(*, sender: MailAddress, address: str, now: datetime) -> str | None:
    """Return what the rules say of an e-mail address and the internet address a form came from."""
    emails = (sender.typed.lower(), sender.key)
    return current_rules(now).verdict_on(emails=emails, domain=sender.domain, origin=address)


def _read() -> RuleBook:
    rows = AddressRule.objects.order_by("pk").values_list("verdict", "subject", "pattern")
    return rule_book(Rule(*row) for row in rows)
