"""The project as an app, and the organizers' admin."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule


class ProjectConfig(AppConfig):
    """Holds what belongs to no single app."""

    name = "coop4canada"

    def ready(self) -> None:
        """Load the system checks."""
        from coop4canada import checks  # noqa: F401


class OrganizerAdminConfig(SimpleAdminConfig):
    """Admin that finds the apps' `admin` modules.

    But not Leaflet's, which needs GDAL on the system, nor allauth's, which would let second factors be edited.
    """

    default_site = "coop4canada.admin_site.OrganizerSite"
    without_admin = frozenset({"leaflet", "allauth.account", "allauth.mfa"})

    def ready(self) -> None:
        """Load the apps' admin modules."""
        super().ready()
        for config in apps.get_app_configs():
            if config.name not in self.without_admin and module_has_submodule(config.module, "admin"):
                import_module(f"{config.name}.admin")
