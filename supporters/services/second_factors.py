"""Second factors of accounts: every code once, a reset for whoever lost theirs, and telling the owner of every change."""

from datetime import datetime, timedelta
from secrets import token_hex

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import get_language, override

from coop4canada.kit.senders import Letter
from coop4canada.kit.signing import keyed_hash
from supporters.enums import SecondFactorChange
from supporters.models import User
from supporters.rules.email import read_address
from supporters.services.outbox import queue_letter
from supporters.services.proofs import use_proof

# A code of an app is good for its half minute and its neighbours: Source: RFC 6238 (2011) section 5.2.
CODE_LIFE = timedelta(minutes=3)
DIGEST_LENGTH = 32


def use_code_once(*, user_id: int, code: str, now: datetime) -> bool:
    """Spend a code of an app; say whether it was still unspent, here and in every other process.

    Source: RFC 6238 (2011) section 5.2: a verifier must not accept a code a second time.
    """
    digest = keyed_hash(f"second-factor:{user_id}:{normalize_user_code(code)}")[:DIGEST_LENGTH]
    return use_proof(digest=digest, expires_at=now + CODE_LIFE)


@transaction.atomic
def reset_second_factor(*, user: User, now: datetime) -> bool:
    """Remove every second factor of an account, recovery codes included, and tell its owner; say whether there was one.

    Sessions that were opened with one no longer count as such.
    """
    count, _rows = Authenticator.objects.filter(user=user).delete()
    if count:
        tell_of_second_factor(user=user, change=SecondFactorChange.RESET, now=now)
    return bool(count)


def tell_of_second_factor(*, user: User, change: SecondFactorChange, now: datetime) -> None:
    """Mail the owner of an account what happened to its second factor."""
    context: dict[str, object] = {}
    for language in ("en", "fr"):
        with override(language):
            context[f"change_{language}"] = str(change.label)
    letter = Letter(
        kind="supporters/second_factor",
        key=f"supporters/second_factor:{token_hex(16)}",
        to=read_address(user.email),
        language=get_language() or "en",
        context=context,
    )
    queue_letter(letter=letter, now=now)
