"""Exceptions that organizers make for addresses. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

# In this order: what is allowed is allowed, whatever blocks it.
VERDICTS = ("allow", "block")


@dataclass(frozen=True)
class Rule:
    """One exception: `block` or `allow`, for an `email`, `domain` or `network` like the pattern."""

    verdict: str
    subject: str
    pattern: str


@dataclass(frozen=True)
class RuleBook:
    """The rules, ready to be asked often; made by `rule_book`."""

    emails: dict[str, re.Pattern[str]] = field(default_factory=dict)
    domains: dict[str, re.Pattern[str]] = field(default_factory=dict)
    networks: dict[str, tuple[Network, ...]] = field(default_factory=dict)

    def verdict_on(self, *, emails: Iterable[str], domain: str, origin: str) -> str | None:
        """Return what the rules say; one that allows wins, None if no rule matches.

        Args:
            emails: spellings of the e-mail address, as typed and canonical.
            domain: its domain.
            origin: the internet address, empty if it does not matter.
        """
        spellings = tuple(emails)
        for verdict in VERDICTS:
            if self._matches(verdict, spellings, domain, origin):
                return verdict
        return None

    def _matches(self, verdict: str, emails: tuple[str, ...], domain: str, origin: str) -> bool:
        by_email, by_domain = self.emails.get(verdict), self.domains.get(verdict)
        return (
            any(by_email.fullmatch(email) for email in emails if by_email)
            or bool(by_domain and by_domain.fullmatch(domain))
            or (bool(origin) and any(ip_address(origin) in network for network in self.networks[verdict]))
        )


def rule_book(rules: Iterable[Rule]) -> RuleBook:
    """Return the rules ready to be asked; a network that cannot be read matches nothing."""
    known = tuple(rules)
    return RuleBook(
        emails={verdict: _pattern(known, verdict, "email") for verdict in VERDICTS},
        domains={verdict: _pattern(known, verdict, "domain") for verdict in VERDICTS},
        networks={verdict: _networks(known, verdict) for verdict in VERDICTS},
    )


def _pattern(rules: Iterable[Rule], verdict: str, subject: str) -> re.Pattern[str]:
    """Return one expression for all patterns, in which `*` stands for any letters; without any it matches nothing."""
    wanted = [rule.pattern for rule in rules if (rule.verdict, rule.subject) == (verdict, subject)]
    choices = (".*".join(map(re.escape, pattern.strip().split("*"))) for pattern in wanted if pattern.strip())
    return re.compile("|".join(choices) or r"(?!)", re.IGNORECASE)


def _networks(rules: Iterable[Rule], verdict: str) -> tuple[Network, ...]:
    networks = []
    for rule in rules:
        if (rule.verdict, rule.subject) == (verdict, "network"):
            try:
                networks.append(ip_network(rule.pattern.strip(), strict=False))
            except ValueError:
                continue
    return tuple(networks)
