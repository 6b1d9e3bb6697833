"""Organizers' pages for drives, reports and reminders."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now
from pledges import queries
from pledges.forms import JoinForm
from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive, ReminderRound
from pledges.services import let_reports_count


@admin.register(PartyMembershipDrive)
class PartyMembershipDriveAdmin(OrganizerAdmin):
    """Drives: written in both languages, looked at before they are published."""

    list_display = [
        "__str__",
        "party",
        "joins_by",
        "vote_opens_on",
        "vote_closes_on",
        "is_published",
        "joined",
    ]
    list_filter = ["is_published", "is_demonstration", "party"]
    list_select_related = ["party", "count"]
    search_fields = ["title_en", "title_fr", "slug_en", "slug_fr"]
    autocomplete_fields = ["party"]
    ordering = ["-joins_by"]
    readonly_fields = ["preview", "joined", "changed_at"]
    # An address typed without its scheme is meant as a safe one.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    prepopulated_fields = {"slug_en": ["title_en"], "slug_fr": ["title_fr"]}
    fieldsets = [
        (None, {"fields": ["party", "is_published", "is_demonstration", "preview", "joined", "changed_at"]}),
        (
            _("Dates"),
            {"fields": ["opens_on", "joins_by", ("vote_opens_on", "vote_closes_on"), "zone", "join_url"]},
        ),
        (
            _("English"),
            {"fields": ["title_en", "slug_en", "decision_en", "eligibility_en", "fee_en", "steps_en"]},
        ),
        (
            _("French"),
            {"fields": ["title_fr", "slug_fr", "decision_fr", "eligibility_fr", "fee_fr", "steps_fr"]},
        ),
    ]

    @admin.display(description=_("told us they joined"))
    def joined(self, drive: PartyMembershipDrive) -> int:
        """Return the last count."""
        return drive.count.joined if hasattr(drive, "count") else 0

    @admin.display(description=_("preview"))
    def preview(self, drive: PartyMembershipDrive) -> str:
        """Link to the page as it will look."""
        if drive.pk is None:
            return "—"
        address = reverse("admin:pledges_partymembershipdrive_preview", args=[drive.pk])
        return format_html('<a href="{}">{}</a>', address, _("See the page"))

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        view = self.admin_site.admin_view(self.preview_page)
        mine = path("<int:pk>/preview/", view, name="pledges_partymembershipdrive_preview")
        return [mine, *super().get_urls()]

    def preview_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page of a drive, published or not."""
        drive = queries.drive_by_id(pk)
        if drive is None or not self.has_view_permission(request, drive):
            raise Http404
        card = queries.drive_card(drive, now())
        context = {"card": card, "form": JoinForm(), "share": queries.share_of(card)}
        return render(request, "pledges/drive.html", context)


class RequestAdmin(ReadOnlyAdmin):
    """What people told or asked; found among millions by address or name."""

    list_select_related = ["drive", "supporter"]
    search_fields = ["supporter"]
    search_help_text = _("An e-mail address, or words of a name")
    ordering = ["-pk"]

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Look for people by an index, then for what they told."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(supporter__in=queries.people_found(search_term)), False


@admin.register(MembershipReport)
class MembershipReportAdmin(RequestAdmin):
    """Who said that they joined."""

    list_display = ["supporter", "drive", "reported_at", "confirmed_at", "suspicion"]
    list_filter = ["drive", ("confirmed_at", admin.EmptyFieldListFilter), "suspicion"]
    actions = ["let_count"]

    @admin.action(description=_("Let these count, whatever looked suspicious"))
    def let_count(self, request: HttpRequest, rows: QuerySet[MembershipReport]) -> None:
        """Let the chosen reports count."""
        number = let_reports_count(reports=rows)
        text = ngettext("%d report counts now.", "%d reports count now.", number)
        self.message_user(request, text % number, messages.SUCCESS)


@admin.register(DriveReminder)
class DriveReminderAdmin(RequestAdmin):
    """Who asked for reminders."""

    list_display = ["supporter", "drive", "asked_at", "confirmed_at", "withdrawn_at", "suspicion"]
    list_filter = [
        "drive",
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    ]


@admin.register(ReminderRound)
class ReminderRoundAdmin(ReadOnlyAdmin):
    """How far the rounds of reminders have come."""

    list_display = ["drive", "reminder", "due_at", "finished_at"]
    list_select_related = ["drive"]
    ordering = ["-due_at"]
