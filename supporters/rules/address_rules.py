"""Exceptions that organizers make for addresses. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Literal

Verdict = Literal["block", "allow"]
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Rule:
    """One exception: what it says of e-mail addresses, mail domains or networks like the pattern."""

    verdict: Verdict
    subject: Literal["email", "domain", "network"]
    pattern: str


@dataclass(frozen=True)
class RuleBook:
    """The rules, ready to be asked often; made by `rule_book`."""

    emails: dict[Verdict, re.Pattern[str]] = field(default_factory=dict)
    domains: dict[Verdict, re.Pattern[str]] = field(default_factory=dict)
    networks: dict[Verdict, tuple[Network, ...]] = field(default_factory=dict)

    def verdict_on(self, *, emails: Iterable[str], domain: str, origin: str) -> Verdict | None:
        """Return what the rules say; one that allows wins, None if no rule matches.

        Args:
            emails: spellings of the e-mail address, as typed and canonical.
            domain: its domain.
            origin: the internet address, empty if it does not matter.
        """
        spellings = tuple(emails)
        for verdict in ("allow", "block"):
            if self._matches(verdict, spellings, domain, origin):
                return verdict
        return None

    def _matches(self, verdict: Verdict, emails: tuple[str, ...], domain: str, origin: str) -> bool:
        by_email, by_domain = self.emails.get(verdict), self.domains.get(verdict)
        return (
            any(by_email.fullmatch(email) for email in emails if by_email)
            or bool(by_domain and by_domain.fullmatch(domain))
            or (bool(origin) and any(ip_address(origin) in network for network in self.networks[verdict]))
        )


def rule_book(rules: Iterable[Rule]) -> RuleBook:
    """Return the rules ready to be asked; a network that cannot be read matches nothing."""
    known = tuple(rules)
    verdicts: tuple[Verdict, Verdict] = ("allow", "block")
    return RuleBook(
        emails={verdict: _pattern(known, verdict, "email") for verdict in verdicts},
        domains={verdict: _pattern(known, verdict, "domain") for verdict in verdicts},
        networks={verdict: _networks(known, verdict) for verdict in verdicts},
    )


def _pattern(rules: Iterable[Rule], verdict: Verdict, subject: str) -> re.Pattern[str]:
    """Return one expression for all patterns, in which `*` stands for any letters; without any it matches nothing."""
    wanted = [rule.pattern for rule in rules if (rule.verdict, rule.subject) == (verdict, subject)]
    choices = (".*".join(map(re.escape, pattern.strip().split("*"))) for pattern in wanted if pattern.strip())
    return re.compile("|".join(choices) or r"(?!)", re.IGNORECASE)


def _networks(rules: Iterable[Rule], verdict: Verdict) -> tuple[Network, ...]:
    networks = []
    for rule in rules:
        if (rule.verdict, rule.subject) == (verdict, "network"):
            try:
                networks.append(ip_network(rule.pattern.strip(), strict=False))
            except ValueError:
                continue
    return tuple(networks)
