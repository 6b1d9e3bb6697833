"""Organizers' pages for the coalition: the sign-ons, what a reviewer should know of them, and the decision."""

from base64 import b64encode
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaign.enums import Doubt
from campaign.models import Organization, OrganizationReview
from campaign.queries import look_alikes
from campaign.rules.logo import CONTENT_TYPE
from campaign.rules.review import decisions_in, needs_reason
from campaign.rules.website import BadWebsite, read_website
from campaign.services import NotWaiting, forget_contacts, review_organization
from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now


class OrganizationForm(CheckedForm):
    """Corrections of what is shown, and the decision about it."""

    decision = forms.ChoiceField(label=_("Decision"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The contact person reads it, in their language, if the sign-on is declined."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer what can be decided now."""
        super().__init__(*args, **kwargs)
        offered = [(decision.value, decision.label) for decision in decisions_in(self.instance.state)]
        self.fields["decision"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """Refuse what we would not link to."""
        try:
            return read_website(self.cleaned_data["website"])
        except BadWebsite as error:
            raise ValidationError(_("This is no address of a secure site.")) from error

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where one is due."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        decision = values.get("decision")
        if decision and needs_reason(decision) and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why."))
        return values


@admin.register(Organization)
class OrganizationAdmin(OrganizerAdmin):
    """Sign-ons of organizations, those that wait first."""

    form = OrganizationForm
    list_display = ["__str__", "state", "kind", "website", "created_at", "decided_at", "doubts_in_words"]
    list_filter = ["state", "kind"]
    search_fields = ["name_en", "name_fr", "website", "contact_email"]
    ordering = ["-state", "-pk"]
    actions = ["forget_contact"]
    fieldsets = [
        (_("Decision"), {"fields": ["state", "alike", "decision", "reason", "history"]}),
        (
            _("Shown in public once approved"),
            {
                "fields": [
                    ("name_en", "name_fr"),
                    "website",
                    "kind",
                    "statement_en",
                    "statement_fr",
                    "picture",
                ]
            },
        ),
        (
            _("Never shown"),
            {
                "fields": [
                    "contact_name",
                    "contact_email",
                    "language",
                    "created_at",
                    "doubts_in_words",
                    "origin",
                ]
            },
        ),
    ]
    readonly_fields = [
        "state",
        "alike",
        "history",
        "picture",
        "contact_name",
        "contact_email",
        "language",
        "created_at",
        "doubts_in_words",
        "origin",
    ]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Organizations sign on by themselves, with somebody who may speak for them."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Declining leaves a trace, deleting would not."""
        return False

    def has_forget_permission(self, request: HttpRequest) -> bool:
        """Forgetting a contact person needs the right to change organizations."""
        return bool(request.user.has_perm("campaign.change_organization"))

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Save the corrections alone, then decide; what a colleague decided meanwhile stays."""
        corrected = [name for name in form.changed_data if name not in {"decision", "reason"}]
        if corrected:
            obj.save(update_fields=corrected)
        if not form.cleaned_data.get("decision"):
            return
        try:
            review_organization(
                organization_id=obj.pk,
                decision=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"],
                user_id=request.user.pk,
                now=now(),
            )
        except NotWaiting:
            messages.error(request, _("Nothing was decided: somebody else was quicker. See the history."))

    @admin.display(description=_("same name or site"))
    def alike(self, organization: Organization) -> SafeString | str:
        """Lead to other sign-ons that may be the same organization's."""
        rows = (
            (_change_path(other), other, other.get_state_display()) for other in look_alikes(organization)
        )
        return format_html_join("", '<p><a href="{}">{}</a> ({})</p>', rows) or "—"

    @admin.display(description=_("history"))
    def history(self, organization: Organization) -> SafeString | str:
        """List who decided what, when and why."""
        reviews = OrganizationReview.objects.filter(organization=organization).select_related("by")
        rows = (
            (date_format(row.at, "DATETIME_FORMAT"), row.by or "—", row.get_decision_display(), row.reason)
            for row in reviews.order_by("-pk")
        )
        return format_html_join("", "<p>{} · {} · {}<br>{}</p>", rows) or "—"

    @admin.display(description=_("logo"))
    def picture(self, organization: Organization) -> SafeString | str:
        """Show the logo, which has no public address before the organization is approved."""
        logo = getattr(organization, "logo", None)
        if logo is None:
            return "—"
        source = f"data:{CONTENT_TYPE};base64,{b64encode(bytes(logo.content)).decode()}"
        return format_html('<img src="{}" width="{}" height="{}" alt="">', source, logo.width, logo.height)

    @admin.display(description=_("doubts"))
    def doubts_in_words(self, organization: Organization) -> str:
        """Say what is doubtful about how the form was filled in."""
        return ", ".join(str(Doubt(doubt).label) for doubt in organization.doubts.split()) or "—"

    @admin.action(description=_("Forget the contact person"), permissions=["forget"])
    def forget_contact(self, request: HttpRequest, queryset: Any) -> None:  # noqa: ANN401
        """Empty name and address of contact persons who asked for it."""
        keys = set(queryset.exclude(contact_key="").values_list("contact_key", flat=True))
        for key in keys:
            forget_contacts(contact_key=key)
        messages.success(request, _("Forgotten, at every organization of theirs."))


def _change_path(organization: Organization) -> str:
    return reverse("admin:campaign_organization_change", args=[organization.pk])
