"""Turfs and who holds them in admin: to look at, to take back. Doors are not listed: nobody exports addresses here."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from volunteers.models import BoundaryChange, Turf, TurfCheckout
from volunteers.services.checkouts import reclaim_turf


@admin.register(Turf)
class TurfAdmin(ReadOnlyAdmin):
    """Turfs; their captains cut and change them."""

    list_display = ["name", "team", "contact_list", "is_open", "is_drawn", "boundary_code", "created_at"]
    list_filter = ["is_open", "is_drawn", "boundary_code"]
    list_select_related = ["team", "contact_list"]
    search_fields = ["name", "contact_list__name", "=team__riding_number"]
    ordering = ["-created_at", "-pk"]
    fields = [
        "name", "team", "contact_list", "is_open", "is_drawn", "boundary_code", "outline_version", "created_by",
        "created_at",
    ]  # fmt: skip


@admin.register(TurfCheckout)
class TurfCheckoutAdmin(ReadOnlyAdmin):
    """Who holds and held turfs."""

    list_display = ["turf", "holder", "checked_out_at", "due_at", "ended_at", "end_reason"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "end_reason"]
    list_select_related = ["turf", "holder"]
    search_fields = ["turf__name", "=turf__team__riding_number", "holder__email", "holder__name"]
    ordering = ["-checked_out_at", "-pk"]
    fields = ["turf", "holder", "given_by", "checked_out_at", "due_at", "ended_at", "end_reason"]
    actions = ["take_back"]

    @admin.action(description=_("Take back"), permissions=["change_checkout"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take turfs back from their holders."""
        count = sum(reclaim_turf(checkout_id=pk, now=now()) for pk in queryset.values_list("pk", flat=True))
        words = ngettext("%(count)d turf taken back.", "%(count)d turfs taken back.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    def has_change_checkout_permission(self, request: HttpRequest) -> bool:
        """Ask for the right itself; rows are not edited by hand."""
        return request.user.has_perm("volunteers.change_turfcheckout")


@admin.register(BoundaryChange)
class BoundaryChangeAdmin(ReadOnlyAdmin):
    """Turfs whose doors lie in another riding since boundaries changed."""

    list_display = ["turf", "boundary_code", "moved_count", "found_at"]
    list_filter = ["boundary_code"]
    list_select_related = ["turf"]
    search_fields = ["turf__name", "=turf__team__riding_number"]
    ordering = ["-moved_count", "pk"]
