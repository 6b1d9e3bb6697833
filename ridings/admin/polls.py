"""Polling averages and their import; local polls."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import ReadOnlyAdmin
from ridings.admin.forms import AveragesForm
from ridings.admin.recomputes import RecomputesMap
from ridings.models import LocalPoll, LocalPollShare, PollingAverage
from ridings.services.averages import store_averages


@admin.register(PollingAverage)
class PollingAverageAdmin(RecomputesMap):
    """Polling averages: by hand, or many at once from a CSV table."""

    change_list_template = "admin/ridings/pollingaverage/change_list.html"
    list_display = ["region", "party", "as_of", "share", "poll_count", "source"]
    list_filter = ["region", "party"]
    list_select_related = ["party"]
    date_hierarchy = "as_of"
    ordering = ["-as_of", "region", "-share"]
    search_fields = ["source"]

    def get_urls(self) -> list[URLPattern]:
        """Add the import page."""
        view = self.admin_site.admin_view(self.import_averages)
        return [path("import/", view, name="ridings_pollingaverage_import"), *super().get_urls()]

    def import_averages(self, request: HttpRequest) -> HttpResponse:
        """Read a CSV table; every wrong row is named and then nothing is written."""
        if not self.has_add_permission(request):
            return redirect("admin:index")
        form = AveragesForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            count = store_averages(rows=form.averages, cause=f"{request.user}: CSV import")
            text = ngettext("%d polling average is stored.", "%d polling averages are stored.", count)
            self.message_user(request, text % count, messages.SUCCESS)
            return redirect("admin:ridings_pollingaverage_changelist")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Import polling averages"),
            "opts": self.opts,
            "form": form,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/ridings/pollingaverage/import.html", context, status=status)


class LocalPollShareInline(admin.TabularInline[Any, Any]):
    """What a local poll found."""

    model = LocalPollShare
    fields = ["party", "share"]
    extra = 0
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401 — Django's signature
        """Shares come with their poll."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the shares, largest first."""
        return super().get_queryset(request).select_related("party").order_by("-share")


@admin.register(LocalPoll)
class LocalPollAdmin(ReadOnlyAdmin):
    """Local polls that enter the projection: published and retracted elsewhere."""

    list_display = ["riding", "firm", "field_ends_on", "sample_size", "stored_at"]
    list_select_related = ["riding__boundary_set"]
    date_hierarchy = "field_ends_on"
    ordering = ["-field_ends_on"]
    search_fields = ["firm", "riding__name_en", "riding__name_fr", "=riding__number"]
    inlines = [LocalPollShareInline]
