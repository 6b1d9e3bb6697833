"""The pledges app."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """Configuration of the pledges app."""

    name = "pledges"
