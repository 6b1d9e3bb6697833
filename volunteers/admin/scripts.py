"""Scripts in admin: written, looked through as a caller sees them, published for good."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now
from volunteers.admin.chapters import RidingForm
from volunteers.forms.calls import typed_answers
from volunteers.forms.script_answers import AnswersField
from volunteers.forms.sentences import lacking_sentence, sentence
from volunteers.models import Script, ScriptQuestion, ScriptVersion
from volunteers.queries.scripts import conversation, draft_of, facts_on_record, shown_lines
from volunteers.rules.scripts import facts_lacking, review
from volunteers.services.scripts import (
    ScriptRefused,
    draft_version,
    publish_version,
    retire_version,
    write_choices,
)

CHANGE = "volunteers.change_scriptversion"


@dataclass(frozen=True)
class Remark:
    """Something about a script in a sentence."""

    text: str
    is_warning: bool


@admin.register(Script)
class ScriptAdmin(OrganizerAdmin):
    """Scripts; the words stand in their versions."""

    form = RidingForm
    list_display = ["name", "channel", "purpose", "riding_number", "new_version"]
    list_filter = ["channel", "purpose"]
    search_fields = ["name", "=riding_number"]
    ordering = ["name", "pk"]
    fields = ["name", "channel", "purpose", "riding_number", "new_version"]
    readonly_fields = ["new_version"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What was published was judged by its purpose."""
        is_used = isinstance(obj, Script) and obj.versions.exclude(published_at=None).exists()
        return [*self.readonly_fields, *(["channel", "purpose"] if is_used else [])]

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """The register of scripts keeps them all."""
        return False

    @admin.display(description=_("versions"))
    def new_version(self, script: Script) -> str:
        """Lead to the versions."""
        if script.pk is None:
            return "—"
        versions = reverse("admin:volunteers_scriptversion_changelist")
        add = reverse("admin:volunteers_scriptversion_add")
        return format_html(
            '<a href="{}?script__id__exact={}">{}</a> · <a href="{}?script={}">{}</a>',
            versions, script.pk, _("Versions"), add, script.pk, _("Write a new version"),
        )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Script, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note when it was begun."""
        if not change:
            obj.created_at = now()
        super().save_model(request, obj, form, change)


class QuestionForm(CheckedForm):
    """A question with its answers."""

    answers = AnswersField(label=_("answers"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Show the answers that are there."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            step = next(one for one in draft_of(self.instance.version).steps if one.key == self.instance.key)
            self.initial["answers"] = step.choices


class QuestionInline(admin.StackedInline[Any, ScriptVersion]):
    """The questions of a draft, in order."""

    model = ScriptQuestion
    form = QuestionForm
    fields = [("key", "display_order", "kind"), ("text_en", "text_fr"), "answers"]
    ordering = ["display_order", "pk"]
    extra = 1
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 50})}}


@admin.register(ScriptVersion)
class ScriptVersionAdmin(OrganizerAdmin):
    """Versions: drafts are edited, what was published only read."""

    list_display = ["script", "version", "published_at", "retired_at", "preview"]
    list_filter = [("published_at", admin.EmptyFieldListFilter), "script"]
    list_select_related = ["script"]
    search_fields = ["script__name"]
    ordering = ["script__name", "-version"]
    fields = [
        "script",
        "version",
        "opening_en",
        "opening_fr",
        "preview",
        "published_at",
        "retired_at",
        "content_hash",
    ]
    readonly_fields = ["version", "preview", "published_at", "retired_at", "content_hash"]
    inlines = [QuestionInline]
    actions = ["publish", "retire", "duplicate"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A version stays in its script."""
        return [*self.readonly_fields, "script"] if obj else list(self.readonly_fields)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was published is not rewritten: copy it into a new version."""
        return not _is_published(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a draft is thrown away, and one by one."""
        return obj is not None and not _is_published(obj) and super().has_delete_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Publishing and retiring need the right to change scripts."""
        return bool(request.user.has_perm(CHANGE))

    def save_model(self, request: HttpRequest, obj: ScriptVersion, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Number a new draft."""
        if not change:
            begun = draft_version(script=obj.script, now=now())
            obj.pk, obj.version, obj.created_at = begun.pk, begun.version, begun.created_at
            obj._state.adding = False  # noqa: SLF001 — the row is there; only its words are written now
        super().save_model(request, obj, form, change)

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,  # noqa: ANN401
        formset: BaseInlineFormSet[Any, Any, Any],
        change: bool,  # noqa: FBT001
    ) -> None:
        """Write the questions, then their answers."""
        super().save_formset(request, form, formset, change)
        for one in formset.forms:
            if one.instance.pk and one not in formset.deleted_forms and "answers" in one.changed_data:
                write_choices(question=one.instance, choices=one.cleaned_data["answers"])

    @admin.display(description=_("preview"))
    def preview(self, version: ScriptVersion) -> str:
        """Lead to the conversation."""
        if version.pk is None:
            return "—"
        address = reverse("admin:volunteers_scriptversion_preview", args=[version.pk])
        return format_html('<a href="{}">{}</a>', address, _("See the conversation"))

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        view = self.admin_site.admin_view(require_safe(self.preview_page))
        return [path("<int:pk>/preview/", view, name="volunteers_scriptversion_preview"), *super().get_urls()]

    def preview_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the conversation as whoever reads it sees it, with everything that is wrong."""
        version = ScriptVersion.objects.select_related("script").filter(pk=pk).first()
        if version is None or not self.has_view_permission(request, version):
            raise Http404
        spoken = conversation(version, caller=str(getattr(request.user, "name", "")) or "…")
        answers = typed_answers(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{version.script} · {version.version}",
            "conversation": spoken,
            "lines": shown_lines(spoken, answers),
            "findings": _remarks(version),
        }
        return render(request, "admin/volunteers/script_preview.html", context)

    @admin.action(description=_("Publish for good"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[ScriptVersion]) -> None:
        """Publish what is in order; say of the rest what is wrong."""
        for version in queryset.select_related("script"):
            try:
                publish_version(version=version, now=now())
            except ScriptRefused as refused:
                sentences = [sentence(one) for one in refused.findings]
                sentences += [lacking_sentence(one) for one in refused.lacking]
                messages.error(request, f"{version.script} · {version.version}: {' '.join(sentences)}")
            else:
                messages.success(request, f"{version.script} · {version.version}: {_('published')}")

    @admin.action(description=_("Take out of use"), permissions=["publish"])
    def retire(self, request: HttpRequest, queryset: QuerySet[ScriptVersion]) -> None:
        """Retire what is in use."""
        count = sum(retire_version(version=version, now=now()) for version in queryset)
        messages.success(request, _("Versions taken out of use: %(count)d") % {"count": count})

    @admin.action(description=_("Copy into a new version"), permissions=["publish"])
    def duplicate(self, _request: HttpRequest, queryset: QuerySet[ScriptVersion]) -> HttpResponse | None:
        """Begin new versions from these; lead to the last of them."""
        drafts = [draft_version(script=one.script, now=now(), like=one) for one in queryset]
        return redirect("admin:volunteers_scriptversion_change", drafts[-1].pk) if drafts else None


def _is_published(obj: Model | None) -> bool:
    return isinstance(obj, ScriptVersion) and obj.published_at is not None


def _remarks(version: ScriptVersion) -> list[Remark]:
    draft = draft_of(version)
    lacking = facts_lacking(draft, facts_on_record(), now().date())
    return [
        *(Remark(sentence(finding), finding.is_warning) for finding in review(draft)),
        *(Remark(lacking_sentence(one), is_warning=False) for one in lacking),
    ]
