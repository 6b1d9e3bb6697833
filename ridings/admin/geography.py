"""Boundary sets and ridings."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import ReadOnlyAdmin
from ridings.admin.recomputes import RecomputesMap
from ridings.admin.votes import ResultInline
from ridings.models import BoundarySet, Place, PlaceRiding, PostalCode, Riding
from ridings.queries.preview import Outline, outline_of_riding, outline_of_set
from ridings.rules.search_text import search_text
from ridings.services.loading import BoundariesRefused, set_live


def drawing(outline: Outline | None, label: str) -> SafeString | str:
    """Return an outline as a picture, or a word that there is none."""
    if outline is None:
        return "—"
    return format_html(
        '<svg class="boundary-preview" viewBox="{}" width="420" height="320" role="img" aria-label="{}">'
        '<path d="{}" fill="#e6d9f2" stroke="#2d0a45" stroke-width="1" vector-effect="non-scaling-stroke"/></svg>',
        outline.view_box,
        label,
        outline.path,
    )


@admin.register(BoundarySet)
class BoundarySetAdmin(ReadOnlyAdmin):
    """Boundary sets: looked at here before they come into force."""

    list_display = ["code", "status", "riding_count", "loaded_at", "source"]
    actions = ["put_in_force"]
    readonly_fields = ["preview"]

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401 — Django's signature
        """Only the action changes a set; it needs the right to."""
        return bool(request.user.has_perm("ridings.change_boundaryset"))

    def get_readonly_fields(self, _request: HttpRequest, _obj: Any = None) -> list[str]:  # noqa: ANN401
        """Every field is only shown."""
        return [*(field.name for field in self.opts.fields if field.name != "id"), "preview"]

    @admin.display(description=_("preview"))
    def preview(self, boundary_set: BoundarySet) -> SafeString | str:
        """Draw every riding of the set."""
        return drawing(outline_of_set(boundary_set), str(boundary_set))

    @admin.action(description=_("Put the selected boundary set in force"), permissions=["change"])
    def put_in_force(self, request: HttpRequest, queryset: QuerySet[BoundarySet]) -> None:
        """Make one set the live one; the former one stays for its elections."""
        if queryset.count() != 1:
            self.message_user(request, _("Choose exactly one boundary set."), messages.ERROR)
            return
        try:
            set_live(code=queryset.get().code)
        except BoundariesRefused as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.message_user(request, _("It is in force; the map is being computed anew."))


class PlaceRidingInline(admin.TabularInline[Any, Any]):
    """The ridings of a place."""

    model = PlaceRiding
    autocomplete_fields = ["riding"]
    extra = 0


@admin.register(Riding)
class RidingAdmin(RecomputesMap):
    """Ridings with their shape, their results and their place in the cartogram."""

    list_display = ["number", "name_en", "name_fr", "province", "boundary_set", "is_open_seat"]
    list_filter = ["boundary_set", "province", "is_open_seat"]
    list_select_related = ["boundary_set"]
    search_fields = ["=number", "name_en", "name_fr", "search_text"]
    ordering = ["-boundary_set__code", "number"]
    inlines = [ResultInline]
    readonly_fields = ["number", "boundary_set", "province", "preview"]
    fields = [
        ("number", "province", "boundary_set"),
        ("name_en", "name_fr"),
        "other_names",
        "is_open_seat",
        ("longitude", "latitude"),
        ("cell_column", "cell_row"),
        "preview",
    ]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Ridings come from boundary files."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Ridings go with their boundary set."""
        return False

    @admin.display(description=_("boundary"))
    def preview(self, riding: Riding) -> SafeString | str:
        """Draw the riding's shape."""
        return drawing(outline_of_riding(riding), riding.name)

    def save_model(self, request: HttpRequest, obj: Riding, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Keep the text by which people search in step with the names."""
        obj.search_text = search_text([obj.name_en, obj.name_fr, *obj.other_names], obj.number)
        super().save_model(request, obj, form, change)


@admin.register(PostalCode)
class PostalCodeAdmin(ReadOnlyAdmin):
    """Postal codes, as imported."""

    list_display = ["code", "riding", "share"]
    list_select_related = ["riding"]
    search_fields = ["^code"]
    ordering = ["code", "-share"]


@admin.register(Place)
class PlaceAdmin(RecomputesMap):
    """Places by which people search."""

    list_display = ["name", "province", "weight"]
    list_filter = ["province"]
    search_fields = ["name", "search_text"]
    ordering = ["-weight"]
    fields = ["name", "province", "weight"]
    inlines = [PlaceRidingInline]
