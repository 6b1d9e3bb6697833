"""What an organizer was shown and is about to confirm: signed, so that nothing else can be confirmed instead."""

from datetime import timedelta
from typing import Any

from django.core import signing

from supporters.models import User

LIFE = timedelta(hours=1)


class BadChoice(Exception):
    """It was changed on its way, shown to somebody else, or is too old: nothing is done."""


def seal_choice(purpose: str, user: User, **values: Any) -> str:  # noqa: ANN401 — whatever JSON takes
    """Return a token for a hidden field; longer than those for links, as it may hold a page of ids."""
    return signing.dumps({"user": user.pk, **values}, salt=f"petitions.admin.{purpose}", compress=True)


def read_choice(purpose: str, user: User, token: str) -> dict[str, Any]:
    """Return what was sealed for this purpose and this organizer.

    Raises: BadChoice.
    """
    try:
        values = signing.loads(token, salt=f"petitions.admin.{purpose}", max_age=LIFE)
    except signing.BadSignature as error:
        raise BadChoice from error
    if values.pop("user", None) != user.pk:
        raise BadChoice
    return dict(values)
