"""Organizers' pages for the election: its dates, hours by exception, the timetable of reminders, their state."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now
from pledges import services
from pledges.models import ElectionCalendar, VotingHours, VotingRound
from pledges.queries.timetable import timetable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise


@admin.register(ElectionCalendar)
class ElectionCalendarAdmin(OrganizerAdmin):
    """The election of a campaign; what goes out is decided on its timetable."""

    list_display = ["__str__", "polling_on", "is_called", "paused_at", "see_timetable"]
    list_select_related = ["campaign"]
    ordering = ["-pk"]
    readonly_fields = ["called_for", "called_at", "called_by", "paused_at", "see_timetable"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (
            None,
            {"fields": ["campaign", "moved_to", ("advance_first_on", "advance_last_on"), "see_timetable"]},
        ),
        (_("State"), {"fields": ["called_for", "called_at", "called_by", "paused_at"]}),
        (_("English"), {"fields": ["advance_hours_en", "where_url_en", "proof_url_en"]}),
        (_("French"), {"fields": ["advance_hours_fr", "where_url_fr", "proof_url_fr"]}),
    ]

    @admin.display(description=_("confirmed"), boolean=True)
    def is_called(self, calendar: ElectionCalendar) -> bool:
        """Say whether reminders go out."""
        return calendar.is_called

    @admin.display(description=_("polling day"))
    def polling_on(self, calendar: ElectionCalendar) -> object:
        """Return the day on which polls are open."""
        return calendar.polling_on

    @admin.display(description=_("reminders"))
    def see_timetable(self, calendar: ElectionCalendar) -> str:
        """Link to what goes out when."""
        if calendar.pk is None:
            return "—"
        return format_html(
            '<a href="{}">{}</a>', _timetable_address(calendar), _("Timetable, confirm, pause")
        )

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Keep what mails already in the outbox rest on."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the timetable."""
        view = self.admin_site.admin_view(self.timetable_page)
        mine = path("<int:pk>/timetable/", view, name="pledges_electioncalendar_timetable")
        return [mine, *super().get_urls()]

    def timetable_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what goes out when; confirm the election, withdraw that, pause and go on."""
        calendar = self.get_object(request, str(pk))
        if calendar is None or not self.has_view_permission(request, calendar):
            raise Http404
        if request.method == "POST":
            self._decide(request, calendar)
            return redirect(_timetable_address(calendar))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Reminders to vote"),
            "calendar": calendar,
            "groups": timetable(calendar),
            "may_change": self.has_change_permission(request, calendar),
        }
        return render(request, "admin/pledges/timetable.html", context)

    def _decide(self, request: HttpRequest, calendar: ElectionCalendar) -> None:
        """Do what a button says, and keep in the log who pressed it."""
        if not self.has_change_permission(request, calendar):
            raise Http404
        deeds: dict[str, tuple[Callable[[], None], StrOrPromise]] = {
            "confirm": (
                lambda: services.confirm_election(calendar=calendar, by_id=request.user.pk, now=now()),
                _("The election is confirmed: reminders go out as shown."),
            ),
            "withdraw": (
                lambda: services.withdraw_election(calendar=calendar),
                _("The confirmation is withdrawn: nothing goes out."),
            ),
            "pause": (
                lambda: services.pause_reminders(calendar=calendar, now=now()),
                _("Paused: nothing goes out until you go on."),
            ),
            "resume": (
                lambda: services.resume_reminders(calendar=calendar, now=now()),
                _("Reminders go out again."),
            ),
        }
        deed = deeds.get(request.POST.get("deed", ""))
        # The day on the page: moved meanwhile by somebody else, it has to be looked at again.
        if deed is None or request.POST.get("polling_on") != calendar.polling_on.isoformat():
            messages.error(request, _("The dates have changed meanwhile: look at them again."))
            return
        deed[0]()
        self.log_change(request, calendar, [str(deed[1])])
        messages.success(request, deed[1])


@admin.register(VotingHours)
class VotingHoursAdmin(OrganizerAdmin):
    """Hours that differ from the statute, or a riding's own; elsewhere the statute's hold."""

    list_display = ["__str__", "band", "riding_number", "in_force_from", "opens_at", "closes_at", "source"]
    list_filter = ["band"]
    ordering = ["-in_force_from", "band", "riding_number"]


@admin.register(VotingRound)
class VotingRoundAdmin(ReadOnlyAdmin):
    """How far each round has come."""

    list_display = ["polling_on", "riding_number", "reminder", "due_at", "queued", "finished_at"]
    list_filter = ["polling_on", "reminder", ("finished_at", admin.EmptyFieldListFilter)]
    search_fields = ["=riding_number"]
    ordering = ["-polling_on", "riding_number", "due_at"]


def _timetable_address(calendar: ElectionCalendar) -> str:
    address: Any = reverse("admin:pledges_electioncalendar_timetable", args=[calendar.pk])
    return str(address)
