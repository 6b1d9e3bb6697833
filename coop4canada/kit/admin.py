"""The base of every organizer's page in admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from coop4canada.kit.db import planning
from coop4canada.kit.paging import BY_INDEX, CappedPaginator, Search


class CheckedForm(ModelForm[Any]):
    """Checks every constraint of the database, also those over fields that the page only shows.

    Django leaves these out, so that a clash would be an error page instead of a sentence in the form.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook is not in the stubs
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)


class OrganizerAdmin(admin.ModelAdmin[Any]):
    """Sensible defaults: no count of millions of rows on every page, fifty rows a page."""

    form = CheckedForm
    show_full_result_count = False
    list_per_page = 50
    save_on_top = True


class ReadOnlyAdmin(OrganizerAdmin):
    """For rows that only the program writes: shown and searched, never changed by hand."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody changes by hand."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody deletes by hand."""
        return False


class BigTableChangeList(ChangeList):
    """Reads its page by an index, at once."""

    def get_results(self, request: HttpRequest) -> None:
        """Count and read the page."""
        with planning(**BY_INDEX):
            super().get_results(request)
            self.result_list = list(self.result_list)  # nothing is edited in these lists


class BigTableAdmin(ReadOnlyAdmin):
    """For tables of millions of rows: newest first, never counted, searched by an index alone."""

    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-pk"]
    sortable_by = ()
    # Only tells Django to show the search box; `search_for` says what is looked for.
    search_fields = ["pk"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ANN401, ARG002 — Django names them
        """Return the list for big tables."""
        return BigTableChangeList

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        raise NotImplementedError

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Look for what was typed and say how it was understood."""
        if not search_term.strip():
            return queryset, False
        found = self.search_for(search_term)
        if found.note:
            messages.info(request, found.note)
        return queryset.filter(found.condition), False


class TypedFilter(admin.SimpleListFilter):
    """A filter whose value is typed instead of chosen; the list would be too long."""

    template = "admin/typed_filter.html"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """Return something, or Django leaves the filter out."""
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Return what the form carries along besides its own value."""
        others = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        if changelist.query:
            others["q"] = changelist.query
        yield {"name": self.parameter_name, "value": self.value() or "", "others": others}
