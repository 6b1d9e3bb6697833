"""People."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportersConfig(AppConfig):
    """Configuration of the supporters app."""

    name = "supporters"
    verbose_name = _("People")
    first_words = ["supporters.importers.first_words.install_mail_words"]

    def ready(self) -> None:
        """Listen to what the mail provider reports; the one signal of the site, for Anymail offers no other way."""
        from supporters import provider_reports  # noqa: F401
