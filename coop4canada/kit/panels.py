"""Panels: what an app offers to a page that shows several apps.

An AppConfig lists dotted paths to panel functions, e.g. `riding_panels = ["polls.panels.funding_bar"]`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Call:
    """What a panel asks visitors to do: the words of a button and where it leads."""

    text: str
    path: str


@dataclass(frozen=True)
class Panel:
    """One panel: a template and the context it is rendered with; lower `order` comes first.

    `call`: what a page may also ask for at its top, long before the panel.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100
    call: Call | None = None


@dataclass(frozen=True)
class Records:
    """What an app keeps about a person: a title, the heads of columns and rows of text.

    An app lists functions `(supporter) -> Records` in its AppConfig under `personal_records`.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


PanelFunction = Callable[..., Panel | None]


@cache
def functions_of(slot: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that apps list in their AppConfig under `slot`, in the order of INSTALLED_APPS.

    Besides panels this is how an app below asks those above it, e.g. for what they keep about a person.
    """
    paths = [path for config in apps.get_app_configs() for path in getattr(config, slot, ())]
    return tuple(import_string(path) for path in paths)


def panels_for(slot: str, **subject: object) -> list[Panel]:
    """Return the panels that apps offer for a slot, in order; an app answers None to stay silent.

    Args:
        slot: attribute of AppConfig that lists the functions, e.g. `riding_panels`.
        subject: what the page is about, handed to every function by keyword.
    """
    offered = (function(**subject) for function in functions_of(slot))
    return sorted((panel for panel in offered if panel), key=lambda panel: (panel.order, panel.template))
