"""Signed cookies: what we gave a browser to hold, and believe when it comes back."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from coop4canada.kit.signing import BadToken, seal, unseal


@dataclass(frozen=True)
class SignedCookie:
    """A cookie that scripts cannot read and other sites' forms do not carry; each name is signed for itself."""

    name: str
    life: timedelta

    def write(self, response: HttpResponse, *values: str | int) -> None:
        """Give the browser these values to hold."""
        response.set_cookie(
            self.name,
            seal(f"cookie.{self.name}", *values),
            max_age=self.life,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def read(self, request: HttpRequest) -> tuple[str, ...] | None:
        """Return the values the browser holds; None if there are none of ours, or their time is over."""
        try:
            found = unseal(f"cookie.{self.name}", request.COOKIES.get(self.name, ""), max_age=self.life)
        except BadToken:
            return None
        return None if found.is_expired else found.values

    def clear(self, response: HttpResponse) -> None:
        """Take it back."""
        response.delete_cookie(self.name, samesite="Lax")
