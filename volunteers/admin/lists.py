"""Contact lists, imports and deletions in admin. Who is in a list is seen and exported nowhere here."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now
from volunteers.admin.chapters import RidingForm
from volunteers.enums import Channel, ListState
from volunteers.models import ContactList, ImportBatch, PurgeReport
from volunteers.rules.lists import longest_day
from volunteers.services.lists import ListMoveRefused, move_list
from volunteers.services.purging import purge_list


class ContactListForm(RidingForm):
    """A list: its day is to come, and not too far off."""

    def clean_purge_on(self) -> Any:  # noqa: ANN401 — a day
        """Refuse a day that has been, or is too far off."""
        day = self.cleaned_data["purge_on"]
        made_on = (self.instance.created_at or now()).date()
        if not now().date() < day <= longest_day(made_on, most_days=settings.LIST_MOST_DAYS):
            raise ValidationError(
                _("Choose a day to come, within the time that lists are kept at the longest.")
            )
        return day


@admin.register(ContactList)
class ContactListAdmin(OrganizerAdmin):
    """Lists of doors and of people to call. Files are imported on the list's own page."""

    form = ContactListForm
    list_display = ["name", "channel", "riding_number", "state", "purge_on", "purged_at", "work"]
    list_filter = ["channel", "state"]
    search_fields = ["name", "=riding_number", "source"]
    ordering = ["-pk"]
    fields = [
        "channel", "name", "riding_number", "least_need", "source", "basis", "script", "purge_on", "state", "created_by",
        "created_at", "purged_at", "work",
    ]  # fmt: skip
    readonly_fields = ["state", "created_by", "created_at", "purged_at", "work"]
    list_select_related = False
    actions = ["activate", "pause", "close", "purge"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Whom a list is for stays."""
        return [*self.readonly_fields, "channel", "riding_number"] if obj else list(self.readonly_fields)

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """What is in a list is deleted, the list stays as a name behind counts."""
        return False

    def has_work_permission(self, request: HttpRequest) -> bool:
        """Putting lists to work needs the right to change them."""
        return bool(request.user.has_perm("volunteers.change_contactlist"))

    def save_model(self, request: HttpRequest, obj: ContactList, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note who made it."""
        if not change:
            obj.created_by, obj.created_at = request.user, now()  # type: ignore[assignment]  # an account, as it is admin
        super().save_model(request, obj, form, change)

    @admin.display(description=_("page for imports"))
    def work(self, obj: ContactList) -> SafeString | str:
        """Lead to the page on which files are imported."""
        if obj.pk is None:
            return "–"
        number = None if obj.channel == Channel.PHONE else obj.riding_number
        return format_html('<a href="{}">{}</a>', reverse("lists:page", args=[number, obj.pk]), _("Open"))

    @admin.action(description=_("Put to work"), permissions=["work"])
    def activate(self, request: HttpRequest, queryset: QuerySet[ContactList]) -> None:
        """Put lists to work."""
        self._move(request, queryset, ListState.ACTIVE)

    @admin.action(description=_("Pause"), permissions=["work"])
    def pause(self, request: HttpRequest, queryset: QuerySet[ContactList]) -> None:
        """Pause lists."""
        self._move(request, queryset, ListState.PAUSED)

    @admin.action(description=_("Close for good"), permissions=["work"])
    def close(self, request: HttpRequest, queryset: QuerySet[ContactList]) -> None:
        """Close lists."""
        self._move(request, queryset, ListState.CLOSED)

    @admin.action(description=_("Delete what is in them, for good"), permissions=["work"])
    def purge(self, request: HttpRequest, queryset: QuerySet[ContactList]) -> None:
        """Delete before the day has come."""
        by: Any = request.user
        done = [purge_list(contact_list=row, by=by, now=now()) for row in queryset.order_by("pk")]
        count = sum(report is not None for report in done)
        messages.success(request, _("Lists deleted: %(count)d") % {"count": count})

    def _move(self, request: HttpRequest, queryset: QuerySet[ContactList], target: ListState) -> None:
        moved = 0
        for row in queryset.order_by("pk"):
            try:
                move_list(contact_list=row, target=target, now=now())
            except ListMoveRefused:
                messages.warning(request, _("Not possible: %(name)s") % {"name": row.name})
            else:
                moved += 1
        messages.success(request, _("Lists changed: %(count)d") % {"count": moved})


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Imports in numbers; neither file nor rows are shown."""

    list_display = [
        "file_name",
        "contact_list",
        "state",
        "row_count",
        "new_count",
        "changed_count",
        "bad_count",
        "uploaded_at",
    ]
    list_filter = ["state"]
    list_select_related = ["contact_list"]
    search_fields = ["file_name", "contact_list__name"]
    ordering = ["-pk"]
    fields = [
        "contact_list", "file_name", "state", "fault", "row_count", "new_count", "changed_count", "same_count",
        "bad_count", "suppressed_count", "uploaded_by", "uploaded_at", "ended_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        """Leave files and rows in the database."""
        return super().get_queryset(request).defer("content", "bad_rows")


@admin.register(PurgeReport)
class PurgeReportAdmin(ReadOnlyAdmin):
    """What was deleted of lists, in numbers."""

    list_display = [
        "list_name",
        "channel",
        "riding_number",
        "door_count",
        "contact_count",
        "note_count",
        "answer_count",
        "purged_at",
    ]
    list_filter = ["channel"]
    search_fields = ["list_name", "=riding_number"]
    ordering = ["-pk"]
