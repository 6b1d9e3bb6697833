"""The volunteers app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Configuration of the volunteers app."""

    name = "volunteers"
