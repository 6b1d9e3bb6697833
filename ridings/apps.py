"""Electoral geography and the map."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RidingsConfig(AppConfig):
    """Configuration of the ridings app."""

    name = "ridings"
    verbose_name = _("Ridings")
    postal_code_readers = ["ridings.queries.for_people.read_code"]
    riding_names = ["ridings.queries.for_people.name_of_riding"]
