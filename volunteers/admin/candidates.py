"""Candidates and decisions in admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import OrganizerAdmin
from coop4canada.kit.clock import now
from supporters.models import User
from volunteers.admin.chapters import RidingForm
from volunteers.enums import CandidacyState
from volunteers.forms import OBSTACLES
from volunteers.models import Candidacy, CandidacyMove
from volunteers.models.candidacies import INTEREST_LENGTH, REASON_LENGTH
from volunteers.rules.candidacy import MOVES
from volunteers.services import Decision, MoveRefused, move_candidate, obstacle_of


class CandidacyForm(RidingForm):
    """Who it is, and a decision with its public reason."""

    decision = forms.ChoiceField(label=_("Decision"), required=False)
    reason_en = forms.CharField(
        label=_("Public reason in English"), max_length=REASON_LENGTH, required=False, widget=forms.Textarea
    )
    reason_fr = forms.CharField(
        label=_("Public reason in French"), max_length=REASON_LENGTH, required=False, widget=forms.Textarea
    )
    interest = forms.CharField(
        label=_("Interest declared"), max_length=INTEREST_LENGTH, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer what can be decided now."""
        super().__init__(*args, **kwargs)
        moves = MOVES[CandidacyState(self.instance.state)] if self.instance.pk else ()
        choices = [("", "—"), *((state.value, state.label) for state in moves)]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say what is in the way, before anything is saved."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("decision"):
            obstacle = obstacle_of(candidacy=self.instance, decision=self.as_decision())
            if obstacle is not None:
                self.add_error("decision", ValidationError(OBSTACLES[obstacle]))
        return values

    def as_decision(self) -> Decision:
        """Return what was decided; what was refused as a text counts as empty."""
        values = self.cleaned_data
        words = (values.get(name, "") for name in ("reason_en", "reason_fr", "interest"))
        return Decision(CandidacyState(values["decision"]), *words)


@admin.register(Candidacy)
class CandidacyAdmin(OrganizerAdmin):
    """Candidates that chapters look at."""

    form = CandidacyForm
    list_display = ["person_name", "party", "riding_number", "state", "election"]
    list_filter = ["state", "party"]
    list_select_related = ["party", "election"]
    search_fields = ["person_name", "=riding_number"]
    ordering = ["riding_number", "person_name", "pk"]
    raw_id_fields = ["candidate"]
    readonly_fields = ["state", "created_at", "history"]

    def get_fieldsets(self, _request: HttpRequest, obj: Model | None = None) -> Any:  # noqa: ANN401
        """Ask for a decision about somebody who is on the list."""
        person = (None, {"fields": ["riding_number", "party", "person_name", "election", "candidate"]})
        fields = ["state", "decision", "reason_en", "reason_fr", "interest", "history"]
        return [person, (_("Decision"), {"fields": fields})] if obj else [person]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Who was put on the list stays who it was; a name may be corrected."""
        fixed = ["riding_number", "party", "election"] if obj else []
        return [*self.readonly_fields, *fixed]

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Whoever leaves the list withdraws, and that leaves a trace."""
        return False

    def save_model(self, request: HttpRequest, obj: Candidacy, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Save corrections, then decide; what a colleague decided meanwhile stays."""
        if not change:
            obj.created_at = now()
            super().save_model(request, obj, form, change)
            return
        corrected = [name for name in form.changed_data if name in {"person_name", "candidate"}]
        if corrected:
            obj.save(update_fields=corrected)
        if form.cleaned_data.get("decision"):
            by = request.user if isinstance(request.user, User) else None
            try:
                move_candidate(candidacy_id=obj.pk, decision=form.as_decision(), by=by, now=now())
            except MoveRefused as refused:
                self.message_user(request, OBSTACLES[refused.obstacle], level="ERROR")

    @admin.display(description=_("history"))
    def history(self, candidacy: Candidacy) -> SafeString | str:
        """List who decided what, when and why."""
        moves = CandidacyMove.objects.filter(candidacy=candidacy).select_related("by").order_by("-pk")
        rows = (
            (date_format(row.at, "DATETIME_FORMAT"), row.by or "—", row.get_to_state_display(), row.reason)
            for row in moves
        )
        return format_html_join("", "<p>{} · {} · {}<br>{}</p>", rows) or "—"
