"""The petitions app."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """Configuration of the petitions app."""

    name = "petitions"
