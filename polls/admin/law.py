"""The law of money for organizers: its figures, how near we are to them, and the report of who gave."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaign.queries import active_campaign
from coop4canada.kit.admin import OrganizerAdmin
from coop4canada.kit.clock import now
from polls.admin.files import send_table
from polls.admin.law_forms import DisclosureForm
from polls.admin.pages import organizer_with, show
from polls.exports import disclosure_rows
from polls.models import LegalLimits
from polls.queries.disclosure import Disclosure, LimitsUnknown, disclosure_of
from polls.queries.limits import gifts_to_return, limits_at, meters_of
from polls.queries.returns import coming_returns
from supporters.services.exports import Export, counted, note_export

VIEW_LIMITS = "polls.view_legallimits"
EXPORT_DISCLOSURE = "polls.export_disclosure"


@admin.register(LegalLimits)
class LegalLimitsAdmin(OrganizerAdmin):
    """The dated figures; every change stands in their history."""

    change_list_template = "admin/polls/legallimits/change_list.html"
    list_display = [
        "valid_from", "counts_from", "reporting_cents", "registration_cents", "riding_cents", "national_cents",
        "largest_gift_cents", "source",
    ]  # fmt: skip
    ordering = ["-valid_from"]
    date_hierarchy = "valid_from"

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the law."""
        pages = {"standing": require_safe(self.standing), "disclosure": self.disclosure}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"polls_legallimits_{name}")
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def standing(self, request: HttpRequest) -> HttpResponse:
        """Show how near we are to each limit, what must go back, and which returns are due."""
        organizer_with(request, VIEW_LIMITS)
        at, campaign = now(), active_campaign()
        limits = limits_at(at)
        return show(
            request,
            "legallimits/standing.html",
            LegalLimits,
            title=_("Where we stand with the law"),
            limits=limits,
            meters=meters_of(limits) if limits else None,
            to_return=gifts_to_return(limits, now=at) if limits else (),
            returns=coming_returns(campaign, limits),
            lacks_authorization=campaign is None or campaign.lacks_for_authorization,
        )

    def disclosure(self, request: HttpRequest) -> HttpResponseBase:
        """Send who gave above the threshold in a period, and what was spent; who takes it is noted."""
        user = organizer_with(request, EXPORT_DISCLOSURE)
        form = (
            DisclosureForm(request.POST)
            if request.method == "POST"
            else DisclosureForm(initial=request.GET.dict())
        )
        if form.is_valid():
            try:
                report = disclosure_of(form.period)
            except LimitsUnknown:
                form.add_error(
                    "ends_on", _("No limits of the law are entered for that day: enter them first.")
                )
            else:
                language = form.cleaned_data["language"]
                choice = f"{report.period.begins_on} – {report.period.ends_on}"
                export = Export("polls.disclosure", choice, "csv")
                log = note_export(export=export, user=user, now=now())
                rows = counted(_in_language(report, language), log=log, clock=now)
                return send_table(
                    rows, f"disclosure-{report.period.begins_on}-{report.period.ends_on}-{language}"
                )
        returns = coming_returns(active_campaign(), limits_at(now()))
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        context: dict[str, Any] = {"form": form, "returns": returns, "status": status}
        return show(
            request, "legallimits/disclosure.html", LegalLimits, title=_("Disclosure report"), **context
        )


def _in_language(report: Disclosure, language: str) -> Iterator[Sequence[str]]:
    """Make the rows at once: the file is sent after the language of the request is gone."""
    with translation.override(language):
        rows = list(disclosure_rows(report))
    return iter(rows)
