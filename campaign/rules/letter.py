"""A letter that somebody sends by themselves: its text, and the link that opens it in a mail program. Pure."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

# Longer links are cut, or not opened at all, by some systems.
# Source: Microsoft, wininet.h, INTERNET_MAX_URL_LENGTH = 2083, read 2026-11; less what programs add of their own.
LONGEST_LINK = 1900


@dataclass(frozen=True)
class MailLink:
    """A `mailto:` link; where the letter does not fit into it, `holds_text` is False and the text has to be pasted."""

    address: str
    holds_text: bool


def whole_text(text: str, *, closing: str, name: str, place: str) -> str:
    """Return the letter with its end: what was written, the closing words, who signs it, and where they live."""
    end = "\n".join(line for line in (closing, name, place) if line)
    return f"{text.strip()}\n\n{end}"


def mail_link(*, to: str, subject: str, text: str) -> MailLink:
    """Return the link that opens a mail with this letter; without `to` the mail program asks for the address.

    Source: RFC 6068 (2010): line breaks as CRLF, percent-encoded; no plus signs for spaces.
    """
    body = "\r\n".join(text.splitlines())
    link = _link(to, {"subject": subject, "body": body})
    if len(link) <= LONGEST_LINK:
        return MailLink(link, holds_text=True)
    return MailLink(_link(to, {"subject": subject}), holds_text=False)


def _link(to: str, fields: dict[str, str]) -> str:
    return f"mailto:{quote(to, safe='@')}?{urlencode(fields, quote_via=quote)}"
