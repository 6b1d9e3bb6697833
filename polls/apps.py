"""The polls app."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    """Configuration of the polls app."""

    name = "polls"
