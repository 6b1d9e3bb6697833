"""Elections, results and candidates."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from coop4canada.kit.admin import OrganizerAdmin
from ridings.admin.recomputes import RecomputesMap
from ridings.models import Candidate, Election, Issue, PartyPosition, Result


class ResultInline(admin.TabularInline[Any, Any]):
    """Votes in a riding, newest election first."""

    model = Result
    fields = ["election", "party", "votes", "basis"]
    autocomplete_fields = ["party"]
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """Leave out the links that add or change elections and parties from inside a row."""
        formset = super().get_formset(request, obj, **kwargs)
        for name in ("election", "party"):
            widget = formset.form.base_fields[name].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_view_related = widget.can_delete_related = False
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows with what they show."""
        rows = super().get_queryset(request)
        return rows.select_related("election", "party").order_by("-election__number", "-votes")


@admin.register(Election)
class ElectionAdmin(RecomputesMap):
    """General elections."""

    list_display = ["number", "held_on", "boundary_set"]
    list_select_related = ["boundary_set"]
    ordering = ["-number"]


@admin.register(Candidate)
class CandidateAdmin(OrganizerAdmin):
    """Candidates."""

    list_display = ["name", "party", "riding", "election", "votes", "is_elected", "is_incumbent"]
    list_filter = ["election", "is_elected", "is_incumbent"]
    list_select_related = ["party", "riding", "election"]
    search_fields = ["name", "riding__name_en", "riding__name_fr"]
    autocomplete_fields = ["riding", "party"]
    ordering = ["-election__number", "riding__number", "-votes"]


class PartyPositionInline(admin.StackedInline[Any, Any]):
    """Every party's position on an issue."""

    model = PartyPosition
    extra = 0


@admin.register(Issue)
class IssueAdmin(OrganizerAdmin):
    """Issues with the parties' positions."""

    list_display = ["title_en", "title_fr", "display_order"]
    ordering = ["display_order"]
    inlines = [PartyPositionInline]
