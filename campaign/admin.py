"""Organizers' pages for the campaign and its parties.

Registered in `ridings.admin`, because both are inputs of the map and this app knows nothing of it.
"""

from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import OrganizerAdmin


class CampaignAdmin(OrganizerAdmin):
    """The campaign's words."""

    list_display = ["name_en", "name_fr", "election_on", "is_active"]
    fieldsets = [
        (None, {"fields": ["is_active", "election_on"]}),
        (_("English"), {"fields": ["name_en", "tagline_en", "call_en"]}),
        (_("French"), {"fields": ["name_fr", "tagline_fr", "call_fr"]}),
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


class PartyAdmin(OrganizerAdmin):
    """Parties and what they are to the campaign."""

    list_display = ["code", "short_en", "short_fr", "role", "colour", "display_order"]
    list_filter = ["role"]
    search_fields = ["code", "name_en", "name_fr", "short_en", "short_fr"]
    ordering = ["display_order", "code"]
