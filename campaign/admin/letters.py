"""Organizers' pages for letters to the leaders."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from campaign.models import Leader, LetterTemplate
from coop4canada.kit.admin import OrganizerAdmin


@admin.register(Leader)
class LeaderAdmin(OrganizerAdmin):
    """Leaders: office, salutation, and what is publicly known of how to reach them."""

    list_display = ["party", "role_en", "name", "email", "is_shown"]
    list_select_related = ["party"]
    list_filter = ["is_shown"]
    search_fields = ["name", "role_en", "role_fr"]
    ordering = ["party__display_order", "pk"]


@admin.register(LetterTemplate)
class LetterTemplateAdmin(OrganizerAdmin):
    """What letters begin from; one is in use."""

    list_display = ["subject_en", "subject_fr", "is_active"]
    ordering = ["-is_active", "pk"]
    fieldsets = [
        (None, {"fields": ["is_active"]}),
        (_("English"), {"fields": ["subject_en", "text_en"]}),
        (_("French"), {"fields": ["subject_fr", "text_fr"]}),
    ]
