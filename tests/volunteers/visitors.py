"""Everybody in turn, and all that one of them could have changed."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.test import Client

from supporters.models import OutgoingMessage, RidingRole, User


def visitor(who: Callable[[], User | None]) -> Client:
    """Return a browser in which somebody of the cast has logged in, or nobody."""
    client, user = Client(), who()
    if user is not None:
        client.force_login(user)
    return client


def state_of_everything() -> list[Any]:
    """Return every row that volunteers' pages can write."""
    models: list[Any] = [*apps.get_app_config("volunteers").get_models(), RidingRole, OutgoingMessage, User]
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return [[{key: row[key] for key in row if key != "last_login"} for row in table] for table in rows]
