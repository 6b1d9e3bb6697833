"""Organizers' pages for the campaign and its parties, share texts and alerts.

The first two are registered in `ridings.admin`, because both are inputs of the map and this app knows nothing of it.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaign.models import Campaign, OrganizerAlert, ShareText
from campaign.services import resolve_alerts
from coop4canada.kit.admin import OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now

LACKS_AUTHORIZATION = _(
    "Pages, share images and sheets do not say who authorizes them: fill in name, mailing address, telephone and "
    "authorization in both languages."
)


class CampaignAdmin(OrganizerAdmin):
    """The campaign's words."""

    list_display = ["name_en", "name_fr", "election_on", "is_active"]
    fieldsets = [
        (None, {"fields": ["is_active", "election_on"]}),
        (_("English"), {"fields": ["name_en", "tagline_en", "call_en"]}),
        (_("French"), {"fields": ["name_fr", "tagline_fr", "call_fr"]}),
        (
            _("Sender of mails"),
            {
                "fields": ["organization_en", "organization_fr", "mailing_address", "contact_email"],
                "description": _(
                    "Canada’s anti-spam law wants all three in every mail and beside every box."
                ),
            },
        ),
        (
            _("Authorization of advertising"),
            {
                "fields": ["authorization_en", "authorization_fr", "phone"],
                "description": _(
                    "The Canada Elections Act (s. 352) wants name, telephone, address and authorization on every message. "
                    "As long as the authorization is empty nothing is shown."
                ),
            },
        ),
        (
            _("Legend of the map"),
            {
                "fields": [
                    ("swing_legend_en", "swing_legend_fr"),
                    ("emerging_legend_en", "emerging_legend_fr"),
                    ("other_legend_en", "other_legend_fr"),
                ]
            },
        ),
    ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,  # noqa: ANN401 — Django's signature
    ) -> Any:  # noqa: ANN401
        """Say what is missing of the authorization."""
        found = Campaign.objects.filter(pk=object_id).first() if object_id and object_id.isdigit() else None
        if request.method == "GET" and found and found.lacks_for_authorization:
            messages.warning(request, LACKS_AUTHORIZATION)
        return super().changeform_view(request, object_id, form_url, extra_context)


class PartyAdmin(OrganizerAdmin):
    """Parties and what they are to the campaign."""

    list_display = ["code", "short_en", "short_fr", "role", "colour", "display_order"]
    list_filter = ["role"]
    search_fields = ["code", "name_en", "name_fr", "short_en", "short_fr"]
    ordering = ["display_order", "code"]


@admin.register(ShareText)
class ShareTextAdmin(OrganizerAdmin):
    """What supporters pass on, network by network."""

    list_display = ["topic", "network", "text_en", "text_fr", "is_shown", "display_order"]
    list_filter = ["topic", "is_shown"]
    ordering = ["topic", "display_order"]


@admin.register(OrganizerAlert)
class OrganizerAlertAdmin(ReadOnlyAdmin):
    """What wants a look; seen to, the same may be said again."""

    list_display = ["message", "where", "created_at", "resolved_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter)]
    ordering = ["resolved_at", "-pk"]
    actions = ["resolve"]

    def has_resolve_permission(self, request: HttpRequest) -> bool:
        """Seeing to alerts needs the right to change them."""
        return bool(request.user.has_perm("campaign.change_organizeralert"))

    @admin.display(description=_("where to look"))
    def where(self, alert: OrganizerAlert) -> SafeString | str:
        """Lead to what it is about."""
        return format_html('<a href="{}">{}</a>', alert.link, _("Look")) if alert.link else "—"

    @admin.action(description=_("Mark as seen to"), permissions=["resolve"])
    def resolve(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Tick the alerts off."""
        count = resolve_alerts(alerts=queryset, now=now())
        text = ngettext("%d alert was seen to.", "%d alerts were seen to.", count)
        self.message_user(request, text % count)
