"""Accounts in admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.clock import now
from supporters.models import User
from supporters.services.second_factors import reset_second_factor


class AccountCreationForm(AdminUserCreationForm):
    """A new account: e-mail, and a password unless a mailed code shall open it."""

    class Meta:
        model = User
        fields = ["email"]
        field_classes = {"email": forms.EmailField}


@admin.register(User)
class AccountAdmin(UserAdmin[Any]):
    """Accounts; the log-in is the e-mail address."""

    add_form = AccountCreationForm
    list_display = ["email", "name", "is_staff", "is_active", "joined_at"]
    list_filter = ["is_staff", "is_superuser", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    actions = ["reset_second_factors"]
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name"]}),
        (
            _("Permissions"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "usable_password", "password1", "password2"]})
    ]

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Taking a second factor away opens the way into an account: only who may do everything."""
        return bool(request.user.is_superuser)

    @admin.action(description=_("Reset the second factor of these accounts"), permissions=["reset"])
    def reset_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Remove the second factors of whoever lost theirs; one's own is changed on one's own page."""
        count = 0
        for user in queryset.exclude(pk=request.user.pk or 0):
            if reset_second_factor(user=user, now=now()):
                count += 1
                self.log_change(request, user, "Second factor reset.")
        messages.success(request, _("Second factors reset: %(count)d") % {"count": count})
