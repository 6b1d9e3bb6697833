"""Petitions: written, looked at before they are published, watched."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coop4canada.kit.admin import OrganizerAdmin
from coop4canada.kit.clock import now
from petitions import queries
from petitions.admin.access import CHANGE_SIGNATURE, EXPORT_SIGNATURE, VIEW_SIGNATURE, petition_for
from petitions.admin.exporting import export_delivery
from petitions.admin.pages import show
from petitions.forms import SignForm
from petitions.models import Addressee, Petition
from petitions.queries.tallies import tallies_of
from petitions.rules.signing import Opening


class AddresseeInline(admin.StackedInline[Any, Any]):
    """Whom the letter goes to."""

    model = Addressee
    extra = 0
    fields = [
        ("name", "party", "display_order"),
        ("role_en", "role_fr"),
        ("salutation_en", "salutation_fr"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows in the order in which they are shown."""
        return super().get_queryset(request).order_by("display_order", "pk")


@admin.register(Petition)
class PetitionAdmin(OrganizerAdmin):
    """Petitions with their counts; the page shows them as the public will."""

    list_display = [
        "title_en",
        "is_published",
        "is_featured",
        "opens_at",
        "closes_at",
        "confirmed",
        "pending",
    ]
    list_select_related = ["count"]
    search_fields = ["title_en", "title_fr", "slug_en", "slug_fr"]
    ordering = ["-pk"]
    prepopulated_fields = {"slug_en": ["title_en"], "slug_fr": ["title_fr"]}
    inlines = [AddresseeInline]
    change_form_template = "admin/petitions/petition/change_form.html"
    readonly_fields = ["forgotten_at"]
    fieldsets = [
        (None, {"fields": [("is_published", "is_featured"), "goal", ("opens_at", "closes_at")]}),
        (
            _("English"),
            {"fields": ["title_en", "slug_en", "summary_en", "statement_en", "letter_en"]},
        ),
        (
            _("French"),
            {"fields": ["title_fr", "slug_fr", "summary_fr", "statement_fr", "letter_fr"]},
        ),
        (_("Counting and abuse"), {"fields": ["counts_unconfirmed", "shows_names", "needs_proof"]}),
        (_("The end"), {"fields": ["withdrawn_at", "delivered_at", "forgotten_at"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Add the preview and the tallies."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(require_safe(preview)), name="petitions_petition_preview"),
            path(
                "<int:pk>/delivery/", wrap(require_POST(export_delivery)), name="petitions_petition_delivery"
            ),
            path("<int:pk>/tallies/", wrap(require_safe(tallies)), name="petitions_petition_tallies"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Petition | None = None) -> bool:
        """Only a petition that nobody signed can be deleted; others are taken back."""
        if obj is not None and obj.signatures.exists():
            return False
        return super().has_delete_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what else can be done about a petition, to whom it is allowed."""
        may = {
            "may_see_signatures": request.user.has_perm(VIEW_SIGNATURE),
            "may_decide": request.user.has_perm(CHANGE_SIGNATURE),
            "may_export": request.user.has_perm(EXPORT_SIGNATURE),
        }
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    @admin.display(description=_("confirmed"))
    def confirmed(self, petition: Petition) -> SafeString | str:
        """Show how many count, with a link to the tallies."""
        if not hasattr(petition, "count"):
            return "0"
        address = reverse("admin:petitions_petition_tallies", args=[petition.pk])
        return format_html(
            '<a href="{}">{}</a>', address, number_format(petition.count.confirmed, force_grouping=True)
        )

    @admin.display(description=_("not yet confirmed"))
    def pending(self, petition: Petition) -> int:
        """Show how many wait for their owners."""
        return petition.count.pending if hasattr(petition, "count") else 0


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a petition as its public page will be, open for signing, before it is published."""
    petition = petition_for(request, pk)
    page = queries.petition_page(petition, now())
    as_open = replace(page, box=replace(page.box, petition=petition, opening=Opening.OPEN))
    context = {"petition": petition, "page": as_open, "form": SignForm(), "code": ""}
    return render(request, "admin/petitions/petition/preview.html", context)


def tallies(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a petition is doing; the same page without its frame refreshes it."""
    found = tallies_of(petition_for(request, pk), now())
    if "part" in request.GET:
        return render(request, "admin/petitions/petition/_tallies.html", {"tallies": found})
    title = _("How “%(petition)s” is doing") % {"petition": found.petition.title}
    return show(request, "petition/tallies.html", Petition, title=title, tallies=found)
