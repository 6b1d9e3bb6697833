"""Cards that can be tried: nobody types a number, one chooses what shall happen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrialCard(TextChoices):
    """What a card does."""

    WORKS = "works", _("A card that works")
    DECLINED = "declined", _("A card that is declined at once")
    FAILS_LATER = "fails_later", _("A card that can be saved, but is declined whenever it is charged later")
    MENDED_LATER = "mended_later", _("A card that is declined when first charged later, and then works")
    ASKS_LATER = "asks_later", _("A card whose bank wants to ask its owner whenever it is charged later")
    PREPAID = "prepaid", _("A prepaid card that works")
    FOREIGN = "foreign", _("A card from the United States that works")


def refusal_at_once(card: str) -> str:
    """Return why a card is declined on the provider's page; empty where it is not."""
    return "card_declined" if card == TrialCard.DECLINED else ""


def refusal_later(card: str, *, charge_count: int) -> str:
    """Return why a saved card is declined when it was charged so often before; empty where it is not."""
    if card == TrialCard.FAILS_LATER or (card == TrialCard.MENDED_LATER and charge_count == 0):
        return "insufficient_funds"
    return "authentication_required" if card == TrialCard.ASKS_LATER else refusal_at_once(card)


def country(card: str) -> str:
    """Return the country of a card's bank."""
    return "US" if card == TrialCard.FOREIGN else "CA"


def is_prepaid(card: str) -> bool:
    """Return whether a card was paid beforehand, so that its owner may be unknown."""
    return card == TrialCard.PREPAID
