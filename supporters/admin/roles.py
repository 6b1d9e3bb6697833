"""Who may do what in which riding: looked up, given by address, ended."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.signing import keyed_hash
from supporters.enums import ROLES_WITHOUT_RIDING, RidingRoleKind
from supporters.forms import AddressField
from supporters.models import MailSuppression, RidingRole, User
from supporters.queries.places import riding_name
from supporters.queries.roles import account_at
from supporters.services.roles import Invitation, end_role, invite_to_role


class GrantForm(CheckedForm):
    """Whom a role is given to: an address is enough, the account is made if there is none."""

    email = AddressField(label=_("E-mail"), help_text=_("The account is made if there is none."))
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=[("en", _("English")), ("fr", _("French"))]
    )

    class Meta:
        model = RidingRole
        fields = ["riding_number", "role"]

    def clean_riding_number(self) -> int | None:
        """Refuse a number that is no riding's."""
        number: int | None = self.cleaned_data["riding_number"]
        if number is not None and not riding_name(number):
            raise ValidationError(_("There is no riding with this number."))
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for the riding where the role has one, and for none where it has not."""
        values: dict[str, Any] = super().clean() or {}
        if "role" in values and "riding_number" in values:
            has_riding = values["riding_number"] is not None
            if has_riding and values["role"] in ROLES_WITHOUT_RIDING:
                self.add_error("riding_number", _("This role belongs to no riding: leave this empty."))
            elif not has_riding and values["role"] not in ROLES_WITHOUT_RIDING:
                self.add_error("riding_number", _("In which riding?"))
        return values

    def clean_email(self) -> Any:  # noqa: ANN401 — an Address
        """Refuse an account that was switched off."""
        address = self.cleaned_data["email"]
        account = account_at(address.typed)
        if account is not None and not account.is_active:
            raise ValidationError(_("This account is switched off: switch it on first, under Accounts."))
        return address


class LiveFilter(admin.SimpleListFilter):
    """Held now, or ended."""

    title = _("state")
    parameter_name = "live"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """Offer both."""
        return [("yes", _("held now")), ("no", _("ended"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[RidingRole]) -> QuerySet[RidingRole]:
        """Keep the chosen ones."""
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(ended_at__isnull=self.value() == "yes")


@admin.register(RidingRole)
class RidingRoleAdmin(OrganizerAdmin):
    """Roles are given and ended, never rewritten: what somebody could do when stays known."""

    form = GrantForm
    list_display = ["user", "role", "riding_number", "granted_at", "granted_by", "ended_at"]
    list_filter = [LiveFilter, "role"]
    list_select_related = ["user", "granted_by"]
    search_fields = ["=riding_number", "user__email", "user__name"]
    search_help_text = _("An e-mail, a name, or a riding’s number.")
    ordering = ["-granted_at", "-pk"]
    actions = ["end_roles"]
    add_fieldsets = [(None, {"fields": ["email", "name", "language", "riding_number", "role"]})]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:  # noqa: ANN401
        """Ask for an address where a role is given."""
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_fields(self, _request: HttpRequest, _obj: Model | None = None) -> Any:  # noqa: ANN401
        """Show what is kept."""
        return ["user", "riding_number", "role", "granted_by", "granted_at", "ended_at"]

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """A role is ended, not changed."""
        return False

    def has_end_permission(self, request: HttpRequest) -> bool:
        """Ending needs the right to change roles."""
        return bool(request.user.has_perm("supporters.change_ridingrole"))

    def save_model(self, request: HttpRequest, obj: RidingRole, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Give the role, and say whether the mail about it can arrive."""
        values, by = form.cleaned_data, request.user
        granted = invite_to_role(
            invitation=Invitation(values["email"], values["language"], values["name"]),
            riding_number=values["riding_number"],
            role=RidingRoleKind(values["role"]),
            by=by if isinstance(by, User) else None,
            now=now(),
        )
        obj.pk, obj.user = granted.pk, granted.user
        if MailSuppression.objects.filter(address_hash=keyed_hash(values["email"].key)).exists():
            messages.warning(
                request, _("This address gets no mail from us, so neither the invitation nor a code arrives.")
            )

    @admin.action(description=_("End these roles now"), permissions=["end"])
    def end_roles(self, request: HttpRequest, queryset: QuerySet[RidingRole]) -> None:
        """End what is still held."""
        ended = sum(end_role(role_id=number, now=now()) for number in queryset.values_list("pk", flat=True))
        messages.success(request, _("Roles ended: %(count)d") % {"count": ended})
