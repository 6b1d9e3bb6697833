"""The second factors of an account, as its owner sees them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from supporters.queries.roles import Account


@dataclass(frozen=True)
class Passkey:
    """A passkey: a key on a device, or in the keychain of its owner."""

    number: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class SecondFactors:
    """What an account can give besides its mailbox or password; `codes_left` is None without recovery codes."""

    app_since: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int | None

    @property
    def has_any(self) -> bool:
        """Whether there is one at all."""
        return bool(self.app_since or self.passkeys)


def second_factors_of(user: Account) -> SecondFactors:
    """Return the second factors of an account, the oldest passkey first."""
    rows = list(Authenticator.objects.filter(user_id=user.pk or 0).order_by("created_at", "pk"))
    app = next((row for row in rows if row.type == Authenticator.Type.TOTP), None)
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return SecondFactors(
        app_since=app.created_at if app else None,
        passkeys=tuple(
            Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )
