"""The organizers' admin: what it lets somebody do needs a password, however they came to the site."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


class OrganizerSite(AdminSite):
    """Admin that a mailed code does not open, not even to whoever became staff after logging in by one."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether somebody of the staff is here, by their password."""
        return super().has_permission(request) and not _came_by_code(request)

    # As the overridden method: a method of its own knows nothing of its decorators.
    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for the password; a session that a code opened ends here, or it would never be more than that."""
        if super().has_permission(request) and _came_by_code(request):
            logout(request)
        return super().login(request, extra_context)


def _came_by_code(request: HttpRequest) -> bool:
    return any(record["method"] == "code" for record in get_authentication_records(request, request.user))
