"""Leaders one can write to, and what a letter begins from."""

from dataclasses import dataclass

from django.db.models import QuerySet

from campaign.enums import PartyRole
from campaign.models import Leader, LetterTemplate


@dataclass(frozen=True)
class Recipient:
    """A leader in the active language; `code` is the party's, for addresses; `lines` are the postal address."""

    code: str
    party: str
    colour: str
    name: str
    role: str
    salutation: str
    email: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Beginning:
    """What a letter to a leader begins from, in the active language."""

    subject: str
    text: str


def recipients() -> list[Recipient]:
    """Return the leaders of the cooperating parties, in the order of the parties."""
    return [_recipient(leader) for leader in _shown().order_by("party__display_order", "pk")]


def recipient_at(code: str) -> Recipient | None:
    """Return the leader of the cooperating party with this code."""
    leader = _shown().filter(party__code__iexact=code).first()
    return _recipient(leader) if leader else None


def beginning_for(recipient: Recipient) -> Beginning:
    """Return what a letter to this leader begins from: salutation and the organizers' words, if there are any."""
    template = LetterTemplate.objects.filter(is_active=True).first()
    if template is None:
        return Beginning("", f"{recipient.salutation}\n\n")
    return Beginning(template.subject, f"{recipient.salutation}\n\n{template.text}")


def _shown() -> QuerySet[Leader]:
    return Leader.objects.filter(is_shown=True, party__role=PartyRole.COOPERATING).select_related("party")


def _recipient(leader: Leader) -> Recipient:
    return Recipient(
        code=leader.party.code.lower(),
        party=leader.party.short_name,
        colour=leader.party.colour,
        name=leader.name,
        role=leader.role,
        salutation=leader.salutation,
        email=leader.email,
        lines=tuple(line.strip() for line in leader.postal_address.splitlines() if line.strip()),
    )
