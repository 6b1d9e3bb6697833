"""Which of the waiting mails may leave now. Pure.

A limit says how many mails may leave within a window, counted by the internet address that asked for them, by its
neighbourhood, by the mail domain or by the recipient. A mail over a limit waits until the window frees; none is lost.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most so many mails within the window, counted by `scope`, the name of a field of `Waiting`."""

    scope: str
    window: timedelta
    most: int


@dataclass(frozen=True)
class Waiting:
    """A mail in the queue; a field is empty where the mail is not counted by it."""

    number: int
    origin: str
    wide: str
    domain: str
    recipient: str

    def keys(self) -> dict[str, str]:
        """Return what it is counted by: {scope: key}."""
        keys = {
            "origin": self.origin,
            "wide": self.wide,
            "domain": self.domain,
            "recipient": self.recipient,
        }
        return {scope: key for scope, key in keys.items() if key}


@dataclass(frozen=True)
class Recent:
    """How many of the newest `most` mails of a key left within a window, and when the oldest of these did."""

    count: int
    oldest: datetime


@dataclass
class Admission:
    """What may leave, in order, and until when the others wait."""

    admitted: list[int] = field(default_factory=list)
    postponed: dict[int, datetime] = field(default_factory=dict)


Key = tuple[str, str]
Sent = Mapping[tuple[Limit, str], Recent]


@dataclass
class Gate:
    """Lets mails through one by one and counts those it let through as sent.

    `on_their_way` counts, by (scope, key), the mails that other workers are sending at this moment.
    """

    limits: Collection[Limit]
    sent: Sent
    on_their_way: dict[Key, int]
    now: datetime

    def __post_init__(self) -> None:
        self._postponed: dict[tuple[Limit, str], int] = {}

    def free_at(self, mail: Waiting) -> datetime | None:
        """Return when a mail over a limit may be tried again; None if it may leave now, and is counted."""
        keys = mail.keys()
        over = [
            (limit, keys[limit.scope])
            for limit in self.limits
            if limit.scope in keys and not self._has_room(limit, keys[limit.scope])
        ]
        if over:
            return max(self._turn(limit, key) for limit, key in over)
        for scope, key in keys.items():
            self.on_their_way[scope, key] = self.on_their_way.get((scope, key), 0) + 1
        return None

    def _has_room(self, limit: Limit, key: str) -> bool:
        recent = self.sent.get((limit, key))
        return (recent.count if recent else 0) + self.on_their_way.get((limit.scope, key), 0) < limit.most

    def _turn(self, limit: Limit, key: str) -> datetime:
        """Return when the window frees; those that wait for the same window are put one after the other."""
        place = self._postponed.get((limit, key), 0)
        self._postponed[limit, key] = place + 1
        recent = self.sent.get((limit, key))
        frees_at = (recent.oldest if recent else self.now) + limit.window
        return max(frees_at, self.now) + limit.window / limit.most * place


def admit(mails: Iterable[Waiting], gate: Gate, *, most: int) -> Admission:
    """Choose up to `most` mails in their order; look at no more once these are found."""
    admission = Admission()
    for mail in mails:
        if len(admission.admitted) == most:
            break
        free_at = gate.free_at(mail)
        if free_at is None:
            admission.admitted.append(mail.number)
        else:
            admission.postponed[mail.number] = free_at
    return admission
