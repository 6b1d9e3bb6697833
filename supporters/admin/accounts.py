"""Accounts in admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from supporters.models import User


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
