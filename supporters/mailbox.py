"""The development mailbox: every mail is a file below `var/mail`, read in the browser at /dev/mail/.

A file is named by the key of its mail and put in place in one step: sending a mail again overwrites it, and nobody reads
half a mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMail
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from coop4canada.kit.text import slug

MOST_SHOWN = 200
LONGEST_SLUG = 80


class FolderBackend(BaseEmailBackend):
    """Puts mails into `settings.MAIL_FOLDER`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write every mail to its file."""
        for mail in email_messages:
            key = getattr(mail, "metadata", {}).get("key") or str(mail.extra_headers.get("Message-ID", ""))
            put(_name_of(key), mail.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True)
class KeptMail:
    """A mail in the folder."""

    name: str
    kept_at: datetime
    mail: ParsedMail

    @property
    def subject(self) -> str:
        """Its subject line."""
        return str(self.mail["Subject"])

    @property
    def to(self) -> str:
        """Whom it is for."""
        return str(self.mail["To"])

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Every header as it was sent, in order."""
        return [(name, str(value)) for name, value in self.mail.items()]

    @property
    def text(self) -> str:
        """The part for readers without HTML."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The part with HTML."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.mail.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


def put(name: str, content: bytes) -> None:
    """Write a file in one step."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as temporary:
        temporary.write(content)
    Path(temporary.name).replace(folder / name)


def kept_mails() -> list[KeptMail]:
    """Return the mails of the folder, the newest first."""
    files = sorted(_files(), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [_read(path) for path in files[:MOST_SHOWN]]


def kept_mail(name: str) -> KeptMail | None:
    """Return one mail; None if there is none of this name."""
    return next((_read(path) for path in _files() if path.name == name), None)


def _files() -> Iterable[Path]:
    return _folder().glob("[!.]*.eml")


def _read(path: Path) -> KeptMail:
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(parsed, ParsedMail)  # noqa: S101 — what this policy makes
    return KeptMail(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC), parsed)


def _name_of(key: str) -> str:
    return f"{slug(key)[:LONGEST_SLUG]}-{sha256(key.encode()).hexdigest()[:12]}.eml"


def _folder() -> Path:
    return Path(settings.MAIL_FOLDER)
