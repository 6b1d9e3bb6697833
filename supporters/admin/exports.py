"""Who took people's data out of here."""

from django.contrib import admin

from coop4canada.kit.admin import ReadOnlyAdmin
from supporters.models import ExportLog


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyAdmin):
    """Every file with people in it."""

    list_display = ["created_at", "user", "what", "choice", "kind", "row_count", "done_at"]
    list_select_related = ["user"]
    list_filter = ["what", "kind"]
    ordering = ["-pk"]
