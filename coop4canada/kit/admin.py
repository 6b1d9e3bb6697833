"""The base of every organizer's page in admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest


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
