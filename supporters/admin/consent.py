"""The words beside the boxes, and the ledger."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import BigTableAdmin, OrganizerAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.paging import Search
from supporters.admin.forms import WordingForm
from supporters.models import ConsentEvent, ConsentWording
from supporters.queries.search import by_address_hash


@admin.register(ConsentWording)
class ConsentWordingAdmin(OrganizerAdmin):
    """Words of consent: new ones replace the old ones on the forms; the old ones stay as proof."""

    form = WordingForm
    list_display = ["purpose", "text_en", "text_fr", "created_at"]
    list_filter = ["purpose"]
    ordering = ["purpose", "-pk"]

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """What people agreed to is never changed; add new words."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """What people agreed to is never deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: ConsentWording, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Put the words into use now."""
        obj.created_at = now()
        super().save_model(request, obj, form, change)


@admin.register(ConsentEvent)
class ConsentEventAdmin(BigTableAdmin):
    """The ledger; a trigger of the database keeps it from being changed."""

    list_display = ["at", "supporter", "purpose", "decision", "language", "method", "page"]
    list_select_related = ["supporter"]
    search_help_text = _("An e-mail address; also one that was erased: the ledger keeps its keyed hash.")

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        return by_address_hash(typed)
