"""Typed reading of environment variables; every one is documented in docs/operations.md."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"", "0", "false", "no", "off"})


class BadSetting(ValueError):
    """An environment variable is missing or cannot be read."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable as text.

    Raises: BadSetting if it is unset and there is no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise BadSetting(f"Set the environment variable {name}; docs/operations.md says what it is for.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as a yes or no.

    Raises: BadSetting if it is neither.
    """
    word = os.environ.get(name, "true" if default else "false").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise BadSetting(f"{name} is {word!r}: write true or false.")


def whole(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises: BadSetting if it is not one.
    """
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} is {value!r}: write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return the variable as a list, split at commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Return Django's settings for a `postgresql://user:password@host:port/name?option=value` address.

    A `host` option may name the directory of a Unix socket.
    Raises: BadSetting if the address is not PostgreSQL's.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL must begin with postgresql://")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
