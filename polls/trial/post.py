"""How the trial provider's notices reach the site: signed, tried again, and as disorderly as they are told to be."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from polls.trial.books import Books
from polls.trial.signatures import SIGNATURE_HEADER, sign
from polls.trial.things import TrialNotice, TrialRefused

# Hands a notice to the site and says whether the site took it.
Deliver = Callable[[bytes, Mapping[str, str]], bool]

MOST_AT_ONCE = 100
# Whoever is sending a notice has it for so long; a dead process' notices are sent by the next.
LEASE = timedelta(seconds=30)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(hours=1)
_COLUMNS = "number, id, type, body, made_at, tries, sent_at"


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries failed: doubling, an hour at the longest."""
    return min(FIRST_PAUSE * (1 << min(tries, 20)), LONGEST_PAUSE)


class Post(Books):
    """Notices to the site."""

    def notices(self, most: int = 1_000_000) -> list[TrialNotice]:
        """Return the last notices, sent or not, the newest first."""
        rows = self._store.run(f"SELECT {_COLUMNS} FROM notice ORDER BY number DESC LIMIT ?", (most,))  # noqa: S608
        return [TrialNotice(*row) for row in rows]

    def next_notice_at(self) -> float | None:
        """Return when the next notice is due, in seconds since 1970; None if there is none, or all are held."""
        if self.troubles.notices_held:
            return None
        row = self._store.run("SELECT min(due_at) FROM notice WHERE sent_at IS NULL").fetchone()
        due: float | None = row[0]
        return due

    def send_notices(self, deliver: Deliver, *, now: datetime) -> int:
        """Send every notice that is due, unless they are held; returns how many the site took."""
        troubles = self.troubles
        if troubles.notices_held:
            return 0
        due = self._claim(now)
        if troubles.notices_reversed:
            due.reverse()
        return sum(self._send(notice, deliver, is_doubled=troubles.notices_twice, now=now) for notice in due)

    def send_again(self, notice_id: str, *, now: datetime) -> None:
        """Owe the site a notice once more, as it was. Raises: TrialRefused."""
        done = self._store.run(
            "UPDATE notice SET sent_at = NULL, tries = 0, due_at = ? WHERE id = ?",
            (now.timestamp(), notice_id),
        )
        if not done.rowcount:
            raise TrialRefused("There is no such notice.")

    def hurry(self, *, now: datetime) -> None:
        """Make every notice that is still owed due at once."""
        self._store.run("UPDATE notice SET due_at = ? WHERE sent_at IS NULL", (now.timestamp(),))

    def _claim(self, now: datetime) -> list[TrialNotice]:
        at, until = now.timestamp(), (now + LEASE).timestamp()
        with self._store.writing():
            rows = self._store.run(
                f"SELECT {_COLUMNS} FROM notice WHERE sent_at IS NULL AND due_at <= ? ORDER BY number LIMIT ?",  # noqa: S608
                (at, MOST_AT_ONCE),
            ).fetchall()
            for row in rows:
                self._store.run("UPDATE notice SET due_at = ? WHERE number = ?", (until, row[0]))
        return [TrialNotice(*row) for row in rows]

    def _send(self, notice: TrialNotice, deliver: Deliver, *, is_doubled: bool, now: datetime) -> bool:
        body = notice.body.encode()
        headers = {
            "Content-Type": "application/json",
            SIGNATURE_HEADER: sign(body, secret=self._secret, at=now),
        }
        taken = [deliver(body, headers) for _ in range(2 if is_doubled else 1)]
        is_taken = all(taken)
        again_at = (now + pause_after(notice.tries)).timestamp()
        self._store.run(
            "UPDATE notice SET tries = tries + 1, sent_at = ?, due_at = ? WHERE number = ?",
            (now.timestamp() if is_taken else None, again_at, notice.number),
        )
        return is_taken
