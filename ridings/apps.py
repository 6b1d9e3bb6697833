"""Electoral geography and the map."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RidingsConfig(AppConfig):
    """Configuration of the ridings app."""

    name = "ridings"
    verbose_name = _("Ridings")
