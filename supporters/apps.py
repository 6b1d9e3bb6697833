"""People."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportersConfig(AppConfig):
    """Configuration of the supporters app."""

    name = "supporters"
    verbose_name = _("People")
