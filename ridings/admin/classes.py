"""How the map is classified, what organizers decided otherwise, and the runs."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from ridings.admin.forms import OverrideForm, PresetForm, parameter_names
from ridings.admin.recomputes import RecomputesMap
from ridings.enums import RidingClass
from ridings.models import ClassificationRun, ClassOverride, Preset, Riding
from ridings.services import request_recompute
from ridings.services.overrides import end_overrides
from supporters.models import User


@admin.register(Preset)
class PresetAdmin(RecomputesMap):
    """Methods with their thresholds; activating one rests the other."""

    form = PresetForm  # type: ignore[assignment]  # checks its own constraints
    list_display = ["method", "is_active"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: ANN401, FBT001, FBT002 — Django's signature
        """Return the form of this preset's method: one field for each parameter."""
        kwargs["form"] = PresetForm.of_method(obj.method) if obj else PresetForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, _request: HttpRequest, obj: Preset | None = None) -> Any:  # noqa: ANN401 — Django's type
        """Show the switch and every parameter of the method."""
        return ["method", "is_active", *(parameter_names(obj.method) if obj else [])]

    def get_readonly_fields(self, _request: HttpRequest, obj: Preset | None = None) -> list[str]:
        """A preset keeps its method."""
        return ["method"] if obj else []

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """A method is rested, never deleted: runs speak of it."""
        return False

    def save_model(self, request: HttpRequest, obj: Preset, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Save; the database lets only one be active, so the others rest first."""
        if obj.is_active:
            Preset.objects.exclude(pk=obj.pk).update(is_active=False)
        super().save_model(request, obj, form, change)


@admin.register(ClassOverride)
class ClassOverrideAdmin(RecomputesMap):
    """Decisions against the numbers: with a public reason, and never for ever."""

    form = OverrideForm
    list_display = ["riding", "riding_class", "reason_en", "expires_at", "created_by", "ended_at"]
    list_filter = ["riding_class", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["riding", "created_by"]
    search_fields = ["riding__name_en", "riding__name_fr", "=riding__number"]
    autocomplete_fields = ["riding"]
    ordering = ["-created_at"]
    actions = ["end_now"]

    def save_model(self, request: HttpRequest, obj: ClassOverride, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Remember who decided."""
        if obj.created_by is None and isinstance(request.user, User):
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description=_("End the selected overrides now"), permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[ClassOverride]) -> None:
        """Let the numbers decide again."""
        count = end_overrides(overrides=queryset, now=now(), cause=f"{request.user}: overrides ended")
        self.message_user(request, _("%d overrides have ended.") % count)


@admin.register(ClassificationRun)
class ClassificationRunAdmin(ReadOnlyAdmin):
    """Every computation of the map, with what it changed."""

    change_list_template = "admin/ridings/classificationrun/change_list.html"
    list_display = ["created_at", "short_cause", "tally", "changes", "published_at", "polls_as_of", "preset"]
    list_filter = ["method", ("published_at", admin.EmptyFieldListFilter)]
    date_hierarchy = "created_at"
    ordering = ["-pk"]
    exclude = ["diff", "document"]
    readonly_fields = ["diff_table"]

    def get_urls(self) -> list[URLPattern]:
        """Add the address of “recompute now”."""
        view = self.admin_site.admin_view(require_POST(self.recompute_now))
        return [path("recompute/", view, name="ridings_classificationrun_recompute"), *super().get_urls()]

    def recompute_now(self, request: HttpRequest) -> HttpResponse:
        """Ask for a run; the worker makes it."""
        if not request.user.has_perm("ridings.change_preset"):
            return HttpResponseForbidden()
        request_recompute(cause=f"{request.user}: recompute now")
        text = _("Asked. The run appears here within seconds, unless nothing has changed since the last one.")
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:ridings_classificationrun_changelist")

    @admin.display(description=_("cause"))
    def short_cause(self, run: ClassificationRun) -> str:
        """Name the first causes."""
        return Truncator(run.cause).chars(60)

    @admin.display(description=_("method"))
    def preset(self, run: ClassificationRun) -> str:
        """Name the method briefly; its page explains it."""
        return run.method

    @admin.display(description=_("swing / emerging / other"))
    def tally(self, run: ClassificationRun) -> str:
        """Count the classes."""
        return " / ".join(str(run.counts.get(kind, 0)) for kind in RidingClass.values)

    @admin.display(description=_("changes"))
    def changes(self, run: ClassificationRun) -> int:
        """Count the ridings that changed class."""
        return len(run.diff)

    @admin.display(description=_("ridings that changed class"))
    def diff_table(self, run: ClassificationRun) -> SafeString | str:
        """List what changed, from what to what, and for which reason."""
        if not run.diff:
            return "—"
        numbers = [change["number"] for change in run.diff]
        found = Riding.objects.filter(boundary_set=run.boundary_set_id, number__in=numbers)
        ridings = {riding.number: riding for riding in found}
        rows = format_html_join(
            "",
            '<tr><td><a href="{}">{}</a></td><td>{}</td><td>{}</td><td>{}</td></tr>',
            (self._diff_row(change, ridings) for change in run.diff),
        )
        head = (_("riding"), _("from"), _("to"), _("reason"))
        cells = format_html_join("", "<th>{}</th>", ((word,) for word in head))
        return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", cells, rows)

    def _diff_row(self, change: dict[str, Any], ridings: dict[int, Riding]) -> tuple[Any, ...]:
        riding = ridings[change["number"]]
        kinds = (RidingClass(change["from"]).label, RidingClass(change["to"]).label)
        return (reverse("admin:ridings_riding_change", args=[riding.pk]), riding, *kinds, change["reason"])
