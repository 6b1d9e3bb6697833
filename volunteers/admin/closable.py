"""What organizers form and close, one a riding: it is never deleted, and it stays where it was formed."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from coop4canada.kit.admin import OrganizerAdmin
from coop4canada.kit.clock import now


class ClosableAdmin(OrganizerAdmin):
    """Admin of a model with `riding_number`, `created_at` and `closed_at`, closed by the action `close`."""

    readonly_fields = ["created_at", "closed_at"]
    actions = ["close"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """It stays in its riding."""
        return [*self.readonly_fields, "riding_number"] if obj else list(self.readonly_fields)

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """It is closed, not deleted."""
        return False

    def has_close_permission(self, request: HttpRequest) -> bool:
        """Closing needs the right to change it."""
        return self.has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note since when it is there."""
        if not change:
            obj.created_at = now()
        super().save_model(request, obj, form, change)
