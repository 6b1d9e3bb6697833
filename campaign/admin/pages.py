"""Organizers' pages for the plan and the toolkits."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from campaign.models import Page
from coop4canada.kit.admin import OrganizerAdmin


@admin.register(Page)
class PageAdmin(OrganizerAdmin):
    """The plan and the toolkits, in both languages; a published one is seen at its address by “View on site”."""

    list_display = ["title_en", "title_fr", "kind", "audience", "is_published", "display_order"]
    list_filter = ["kind", "audience", "is_published"]
    search_fields = ["title_en", "title_fr", "summary_en", "summary_fr", "body_en", "body_fr"]
    ordering = ["kind", "display_order", "pk"]
    fieldsets = [
        (None, {"fields": ["kind", "audience", "is_published", "display_order"]}),
        (_("English"), {"fields": ["title_en", "slug_en", "summary_en", "body_en"]}),
        (_("French"), {"fields": ["title_fr", "slug_fr", "summary_fr", "body_fr"]}),
    ]
    prepopulated_fields = {"slug_en": ["title_en"], "slug_fr": ["title_fr"]}
