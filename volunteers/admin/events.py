"""Events and shifts in admin: looked through, and called off; captains write them."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from volunteers.models import Event, Shift, ShiftSignup
from volunteers.services.event_ends import cancel_event


class ShiftInline(admin.TabularInline[Shift, Event]):
    """The times of an event."""

    model = Shift
    fields = ["starts_at", "ends_at", "capacity", "cancelled_at"]
    readonly_fields = ["starts_at", "ends_at", "capacity", "cancelled_at"]
    extra = 0
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        """Captains add shifts on their pages."""
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Events of all teams."""

    list_display = ["title", "team", "kind", "visibility", "host", "cancelled_at"]
    list_filter = ["kind", "visibility", ("cancelled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["team", "host"]
    search_fields = ["title_en", "title_fr", "=team__riding_number"]
    ordering = ["-pk"]
    inlines = [ShiftInline]
    actions = ["call_off"]

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        """Calling off needs the right to change events."""
        return bool(request.user.has_perm("volunteers.change_event"))

    @admin.action(description=_("Call off, and tell who signed up"), permissions=["cancel"])
    def call_off(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        """Call events off."""
        count = sum(cancel_event(event=event, now=now()) for event in queryset)
        messages.success(request, _("Events called off: %(count)d") % {"count": count})


@admin.register(ShiftSignup)
class ShiftSignupAdmin(ReadOnlyAdmin):
    """Who signed up for what, and their hours."""

    list_display = ["shift", "user", "state", "hours", "is_walk_in", "signed_up_at"]
    list_filter = ["state", "is_walk_in"]
    list_select_related = ["shift", "user"]
    search_fields = ["user__email", "user__name"]
    ordering = ["-pk"]
