"""From when on organizers are told of floods."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from coop4canada.kit.admin import OrganizerAdmin
from petitions.models import TrendingThreshold


@admin.register(TrendingThreshold)
class TrendingThresholdAdmin(OrganizerAdmin):
    """One threshold for each kind."""

    list_display = ["kind", "most_per_hour"]
    ordering = ["pk"]

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """A threshold is raised, never deleted."""
        return False
