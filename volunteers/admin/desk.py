"""What organizers put on record for calls: facts, election periods, filings; and who asked for help."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coop4canada.kit.admin import CheckedForm, OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.db import database_now
from supporters.forms import PhoneField
from supporters.models import User
from supporters.rules.phone import shown_phone
from supporters.services.exports import Export, note_export
from volunteers.models import CallingFacts, ElectionPeriod, HelpRequest, RegistryFiling, TrainerDuty
from volunteers.queries.board import board_page
from volunteers.queries.result_files import register_of
from volunteers.services.register_file import register_file
from volunteers.services.registry import Filed, record_filing

FACTS = ("number", "registration", "subscribed_until", "scrubbed_on")


class FactsForm(CheckedForm):
    """Facts as they are typed: the number has to ring somewhere, for it is said at the beginning of every call."""

    number = PhoneField(
        of_organization=True,
        label=_("number to reach us"),
        help_text=_("Said at the beginning of every call; somebody or a message answers there."),
    )

    def clean_number(self) -> str:
        """Return the number as it is said."""
        return shown_phone(self.cleaned_data["number"])


@admin.register(CallingFacts)
class CallingFactsAdmin(OrganizerAdmin):
    """Facts on record: the latest row holds, former ones stay as they were."""

    form = FactsForm
    list_display = ["number", "registration", "subscribed_until", "scrubbed_on", "recorded_by", "recorded_at"]
    list_select_related = ["recorded_by"]
    ordering = ["-pk"]
    fields = FACTS

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """What was on record stays: add a row."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """History stays."""
        return False

    def get_changeform_initial_data(self, _request: HttpRequest) -> dict[str, Any]:
        """Begin with what is on record now."""
        latest = CallingFacts.objects.order_by("-pk").values(*FACTS).first()
        return dict(latest or {})

    def save_model(self, request: HttpRequest, obj: CallingFacts, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note who recorded it."""
        obj.recorded_at = now()
        obj.recorded_by = request.user if isinstance(request.user, User) else None
        super().save_model(request, obj, form, change)


@admin.register(ElectionPeriod)
class ElectionPeriodAdmin(OrganizerAdmin):
    """Election periods: enter one when the writ is issued, or before, when its day is known."""

    list_display = ["name", "begins_on", "polling_on"]
    ordering = ["-begins_on"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A period in which somebody called stays."""
        has_filing = isinstance(obj, ElectionPeriod) and RegistryFiling.objects.filter(period=obj).exists()
        return obj is not None and not has_filing and super().has_delete_permission(request, obj)


class FilingForm(CheckedForm):
    """A filing is recorded whole or not at all."""

    def clean(self) -> dict[str, Any] | None:
        """Ask for everything that the registry's confirmation holds."""
        values = super().clean() or self.cleaned_data
        if not all(str(values.get(name) or "").strip() for name in ("filed_on", "number", "representative")):
            raise ValidationError(_("Write the day, the registry’s number and the official representative."))
        if values["filed_on"] > now().date():
            raise ValidationError(_("The day of filing is not to come."))
        return values


@admin.register(RegistryFiling)
class RegistryFilingAdmin(OrganizerAdmin):
    """The notice to the Voter Contact Registry: its clock starts by itself, what was filed is written down here."""

    form = FilingForm
    list_display = ["period", "first_call_at", "due_at", "filed_on", "number"]
    list_select_related = ["period"]
    ordering = ["-first_call_at"]
    fields = ["period", "first_call_at", "due_at", "filed_on", "number", "representative", "filed_by"]
    readonly_fields = ["period", "first_call_at", "due_at", "filed_by"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """The first call adds it."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """It is kept."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the bundle."""
        view = self.admin_site.admin_view(require_POST(self.bundle))
        return [path("<int:pk>/bundle/", view, name="volunteers_registryfiling_bundle"), *super().get_urls()]

    def bundle(self, request: HttpRequest, pk: int) -> FileResponse:
        """Send scripts, dates of their use and numbers called, as one file; who took it is noted."""
        filing = RegistryFiling.objects.select_related("period").filter(pk=pk).first()
        if filing is None or not isinstance(request.user, User) or not self.has_change_permission(request):
            raise Http404
        export = Export("volunteers.register", str(filing.period), "zip")
        log = note_export(export=export, user=request.user, now=now())
        spool = register_file(register_of(filing.period), log=log, clock=now)
        response = FileResponse(spool, as_attachment=True, filename=f"register-{filing.period.begins_on}.zip")
        response["Cache-Control"] = "private, no-store"
        return response

    def save_model(self, request: HttpRequest, obj: RegistryFiling, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Record the filing; the alert goes."""
        if isinstance(request.user, User) and obj.filed_on:
            filed = Filed(obj.filed_on, obj.number, obj.representative)
            record_filing(filing=obj, filed=filed, by=request.user, now=now())


@admin.register(HelpRequest)
class HelpRequestAdmin(ReadOnlyAdmin):
    """Who asked trainers for help."""

    list_display = ["caller", "message", "asked_at", "taken_by", "closed_at"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["caller", "taken_by"]
    search_fields = ["caller__email", "caller__name"]
    ordering = ["-asked_at"]

    def get_urls(self) -> list[URLPattern]:
        """Add the live board."""
        view = self.admin_site.admin_view(require_safe(self.board))
        return [path("board/", view, name="volunteers_helprequest_board"), *super().get_urls()]

    def board(self, request: HttpRequest) -> HttpResponse:
        """Show the phone team at this moment, with every list."""
        if not self.has_view_permission(request):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Live board of the phone team"),
            "page": board_page(now=database_now(), everywhere=True),
        }
        return render(request, "admin/volunteers/board.html", context)


@admin.register(TrainerDuty)
class TrainerDutyAdmin(ReadOnlyAdmin):
    """Who was at hand for callers, and when."""

    list_display = ["trainer", "reach", "began_at", "ended_at"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["trainer"]
    ordering = ["-began_at"]
