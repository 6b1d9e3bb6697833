"""What a process remembers for some seconds, so that a storm of readers costs the database little."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

_every: "WeakSet[ShortMemory[object]]" = WeakSet()


class ShortMemory(Generic[Value]):
    """Keeps answers of one kind for a short while; what must be right at once does not belong here."""

    def __init__(self, life: timedelta, *, most: int = 200) -> None:
        self._life = life
        self._most = most
        self._answers: dict[Hashable, tuple[datetime, Value]] = {}
        _every.add(self)  # type: ignore[arg-type]  # a set of memories of any kind

    def recall(self, key: Hashable, find: Callable[[], Value], *, now: datetime) -> Value:
        """Return what is remembered under this key, or find it out and remember it."""
        if (kept := self._kept(key, now)) is not None:
            return kept[1]
        answer = find()
        self.keep(key, answer, now=now)
        return answer

    def known(self, key: Hashable, *, now: datetime) -> Value | None:
        """Return what is remembered under this key, if anything."""
        kept = self._kept(key, now)
        return kept[1] if kept is not None else None

    def keep(self, key: Hashable, answer: Value, *, now: datetime) -> None:
        """Remember an answer from now on."""
        if len(self._answers) >= self._most:
            self._answers.clear()
        self._answers[key] = (now, answer)

    def _kept(self, key: Hashable, now: datetime) -> tuple[datetime, Value] | None:
        """Return what is still remembered; that there is nothing to remember is remembered too."""
        kept = self._answers.get(key)
        return kept if kept is not None and timedelta(0) <= now - kept[0] < self._life else None

    def forget(self) -> None:
        """Find everything out anew."""
        self._answers.clear()


def forget_everything() -> None:
    """Empty every memory of the process."""
    for memory in list(_every):
        memory.forget()
