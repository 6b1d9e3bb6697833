"""System checks of the project's own."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import ProgrammingError

from campaign.queries import active_campaign
from coop4canada.kit.providers import PROVIDERS
from coop4canada.kit.zones import knows_clocks_of_2026


@register()
def clock_rules_of_2026(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse to run on zone files older than the changes of 2026; the phone team's queue refuses by itself too."""
    if knows_clocks_of_2026():
        return []
    return [
        Error(
            "Time zone data is older than the 2026 clock changes: install tzdata >= 2026.6.", id="coop.E001"
        )
    ]


@register(deploy=True)
def mail_leaves_the_house(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse a production without a mail provider: nobody could confirm a signature."""
    found: list[CheckMessage] = []
    if not settings.MAIL_PROVIDER:
        found.append(
            Error("No mail leaves: set COOP_MAIL_PROVIDER; docs/operations.md names them.", id="coop.E002")
        )
    if settings.MAIL_FROM.endswith("@localhost"):
        found.append(Error("Mails have no sender: set COOP_MAIL_FROM.", id="coop.E003"))
    if settings.MAIL_PROVIDER in PROVIDERS and not settings.MAIL_WEBHOOK_SECRET:
        words = "Bounces and complaints are not heard: set COOP_MAIL_WEBHOOK_SECRET."
        found.append(Error(words, id="coop.E004"))
    return found


@register()
def trial_cards_stay_in_development(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse to run in public on the trial provider: everybody could "pay" without paying."""
    if settings.DEBUG or settings.PAYMENT_PROVIDER != "local":
        return []
    words = "Gifts are paid with trial cards: set COOP_PAYMENT_PROVIDER to stripe, or to nothing."
    return [Error(words, id="coop.E005")]


@register(deploy=True)
def stripe_is_set_up(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse Stripe without its key or the secret of its notices; warn of a key with which no money moves."""
    if settings.PAYMENT_PROVIDER != "stripe":
        return []
    found: list[CheckMessage] = []
    if not settings.STRIPE_KEY:
        found.append(Error("Nobody can pay: set COOP_STRIPE_KEY.", id="coop.E006"))
    if not settings.STRIPE_WEBHOOK_SECRET:
        words = "Stripe’s notices are not heard: set COOP_STRIPE_WEBHOOK_SECRET."
        found.append(Error(words, id="coop.E007"))
    if settings.STRIPE_KEY.startswith(("sk_test_", "rk_test_")) and not settings.DEBUG:
        words = "COOP_STRIPE_KEY is a test key: people give, and no money moves."
        found.append(Caution(words, id="coop.W001"))
    return found


@register(Tags.database)
def advertising_is_authorized(databases: Sequence[str] | None, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Warn where pages do not say who authorizes them; only looked at with `check --database default`."""
    try:
        campaign = active_campaign() if databases else None
    except ProgrammingError:
        return []  # `migrate` asks before it has made the table, or a new column of it
    if campaign is None or not campaign.lacks_for_authorization:
        return []
    words = (
        "Pages carry no authorization (Canada Elections Act, s. 352): fill it in at the campaign in admin."
    )
    return [Caution(words, id="coop.W005")]
