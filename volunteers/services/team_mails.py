"""Mails of teams: to accounts, in the language somebody chose when they joined."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import override

from coop4canada.kit.senders import Letter
from supporters.models import User
from supporters.rules.email import read_address
from supporters.rules.person_name import given_name
from supporters.services.outbox import queue_letter
from volunteers.models import Team
from volunteers.queries.names import language_of, team_name

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Note:
    """A mail to be: `kind` names its templates, `key` makes it the same mail however often it is posted."""

    kind: str
    key: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""


def post(note: Note, *, to: User, about: Team, now: datetime) -> None:
    """Queue a mail to an account about a team; nobody writes to an account that is switched off."""
    if not to.is_active:
        return
    letter = Letter(
        kind=f"volunteers/{note.kind}",
        key=f"volunteers/{note.kind}:{note.key}",
        to=read_address(to.email),
        language=note.language or language_of(to, about),
        context={
            "name": given_name(to.name),
            "number": about.riding_number,
            **names_of(about),
            **note.context,
        },
    )
    queue_letter(letter=letter, now=now)


def post_all(note: Note, *, to: Iterable[User], about: Team, now: datetime) -> None:
    """Queue the mail for each account; its number completes the key."""
    for user in to:
        post(
            Note(note.kind, f"{note.key}:{user.pk}", note.context, note.language),
            to=user,
            about=about,
            now=now,
        )


def names_of(team: Team) -> dict[str, str]:
    """Return the team's name in both languages, for a mail."""
    names = {}
    for language in LANGUAGES:
        with override(language):
            names[f"team_{language}"] = team_name(team)
    return names
