"""Organizers' pages for chapters, teams and what they work with."""

from volunteers.admin import (
    candidates,
    chapters,
    desk,
    events,
    interviews,
    lists,
    phone,
    scripts,
    teams,
    training,
    turfs,
)

__all__ = [
    "candidates",
    "chapters",
    "desk",
    "events",
    "interviews",
    "lists",
    "phone",
    "scripts",
    "teams",
    "training",
    "turfs",
]
