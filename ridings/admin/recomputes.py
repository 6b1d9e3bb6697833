"""What every page in admin does whose rows are inputs of the map."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coop4canada.kit.admin import OrganizerAdmin
from ridings.services import request_recompute


class RecomputesMap(OrganizerAdmin):
    """Asks for a new map in the same transaction as the change, once for all inlines of a page."""

    def ask_for_map(self, request: HttpRequest, what: object) -> None:
        """Ask, and tell the organizer what happens next."""
        request_recompute(cause=f"{request.user}: {self.opts.verbose_name} {what}")
        messages.info(request, _("The map is being computed anew; it shows the change within a few seconds."))

    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm[Any],
        formsets: list[BaseModelFormSet[Any, Any]],
        change: bool,  # noqa: FBT001 — Django's signature
    ) -> None:
        """Save the inlines, then ask."""
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            self.ask_for_map(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, then ask."""
        name = str(obj)
        super().delete_model(request, obj)
        self.ask_for_map(request, name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete, then ask once."""
        count = queryset.count()
        super().delete_queryset(request, queryset)
        self.ask_for_map(request, f"× {count}")
