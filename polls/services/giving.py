"""Beginning a gift: the row first, then the provider's page.

Nothing here is one transaction, on purpose: the row must stand before the provider is called. Were it written in the
same transaction, a crash after the call would leave a page on which people pay for a gift that we know nothing of.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from polls.enums import ContributionState
from polls.gateways import Gateway, Order, card_gateway, gateway_of
from polls.models import Contribution, PollProject
from polls.rules.charging import saves_card_first
from polls.rules.person_key import person_key
from polls.rules.project_states import TAKES_GIFTS
from polls.services.locking import lock_gift
from supporters.models import Supporter
from supporters.models.people import NAME_LENGTH
from supporters.rules.email import Address
from supporters.services import Details, recognise_supporter


class GivingClosed(ValueError):
    """The project takes no gifts now."""


class CardsNotTaken(ValueError):
    """No provider takes cards here."""


class NothingToMend(ValueError):
    """No card of this gift was declined, or it is given up."""


@dataclass(frozen=True)
class Giver:
    """Who gives. `declaration` is the wording that was agreed to."""

    name: str
    email: Address | None
    street: str
    city: str
    province: str
    postal_code: str
    language: str
    declaration: str


@dataclass(frozen=True)
class Gift:
    """What is given for what; `project` None is the general poll fund."""

    giver: Giver
    amount_cents: int
    project: PollProject | None
    leftover: str
    is_anonymous: bool
    chose_neediest: bool = False


@dataclass(frozen=True)
class Begun:
    """A gift that was begun, and where to send its giver."""

    contribution: Contribution
    url: str


def begin_gift(
    *, gift: Gift, success_url: str, cancel_url: str, now: datetime, form_token: UUID | None = None
) -> Begun:
    """Write down a gift, commit it, and ask the provider for a page on which it is paid or its card is saved.

    Args:
        gift: what is given.
        success_url: where the provider sends the giver back; `{contribution}` in it becomes the gift's number.
        cancel_url: likewise, for who turns back.
        now: the moment.
        form_token: what the form carried; the same gift sent twice with one token is one gift.

    Raises: GivingClosed, CardsNotTaken; GatewayDown, which leaves the row.
    """
    gateway = card_gateway()
    if gateway is None:
        raise CardsNotTaken
    row = _written(gift, gateway.name, form_token, now)
    if row.state != ContributionState.STARTED:
        return Begun(row, _filled(success_url, row))
    return _asked(row, gateway, success_url, cancel_url)


def mend_card(*, contribution: Contribution, success_url: str, cancel_url: str, now: datetime) -> Begun:  # noqa: ARG001 — every service takes the moment
    """Ask for a page on which a giver whose card was declined saves another.

    Raises: NothingToMend; GatewayDown.
    """
    with transaction.atomic():
        row = lock_gift(contribution.pk)
        if row.state != ContributionState.FAILING:
            raise NothingToMend
        row.page_count += 1
        row.save(update_fields=["page_count"])
    return _asked(row, gateway_of(row.provider), success_url, cancel_url)


def draft_gift(*, gift: Gift, provider: str, now: datetime, **fields: object) -> Contribution:
    """Return the unsaved row of a gift, its giver recognised; in the caller's transaction."""
    giver = gift.giver
    key = giver.email.key if giver.email else ""
    return Contribution(
        project=gift.project,
        chose_neediest=gift.chose_neediest,
        amount_cents=gift.amount_cents,
        provider=provider,
        leftover=gift.leftover,
        supporter=_supporter(giver, now),
        email=giver.email.typed if giver.email else "",
        name=giver.name,
        street=giver.street,
        city=giver.city,
        province=giver.province,
        postal_code=giver.postal_code,
        person_key=person_key(name=giver.name, address_key=key, postal_code=giver.postal_code),
        declared_at=now,
        declaration=giver.declaration,
        is_anonymous=gift.is_anonymous,
        language=giver.language,
        created_at=now,
        **fields,
    )


@transaction.atomic
def _written(gift: Gift, provider: str, form_token: UUID | None, now: datetime) -> Contribution:
    project = gift.project and PollProject.objects.get(pk=gift.project.pk)
    token = form_token and _token_of(form_token, gift)
    known = Contribution.objects.filter(form_token=token).first() if token else None
    if known:
        return known
    if project and (project.state not in TAKES_GIFTS or project.deadline_at <= now):
        raise GivingClosed
    saves_first = project is not None and saves_card_first(
        funding_model=project.funding_model, deadline_at=project.deadline_at, now=now
    )
    row = draft_gift(
        gift=gift, provider=provider, now=now, is_saved_first=saves_first, form_token=token, page_count=1
    )
    # Two requests with one form may both have found nothing: the second waits here for the first, then finds its row.
    Contribution.objects.bulk_create([row], ignore_conflicts=True)
    return Contribution.objects.get(public_id=row.public_id) if token is None else _by_token(token)


def _by_token(token: UUID) -> Contribution:
    return Contribution.objects.get(form_token=token)


def _token_of(form_token: UUID, gift: Gift) -> UUID:
    """Return what stands for a form with exactly this gift: who goes back and changes the amount gives something else."""
    giver = gift.giver
    told = (giver.name, giver.email and giver.email.key, giver.street, giver.city, giver.province)
    asked = (gift.project and gift.project.pk, gift.amount_cents, gift.leftover, gift.is_anonymous)
    return uuid5(form_token, repr((told, giver.postal_code, asked)))


def _supporter(giver: Giver, now: datetime) -> Supporter | None:
    if giver.email is None:
        return None
    details = Details(name=giver.name[:NAME_LENGTH], address=giver.email, language=giver.language)
    return recognise_supporter(details=details, now=now).supporter


def _asked(row: Contribution, gateway: Gateway, success_url: str, cancel_url: str) -> Begun:
    order = Order(
        contribution=row.public_id,
        amount_cents=row.amount_cents,
        title=_title(row),
        email=row.email,
        language=row.language,
        success_url=_filled(success_url, row),
        cancel_url=_filled(cancel_url, row),
        key=f"session:{row.public_id}:{row.page_count}",
    )
    ask = gateway.ask_for_card if row.is_saved_first else gateway.ask_for_payment
    session = ask(order)
    Contribution.objects.filter(pk=row.pk).update(session_ref=session.ref)
    row.session_ref = session.ref
    return Begun(row, session.url)


def _title(row: Contribution) -> str:
    with translation.override(row.language):
        if row.project is None:
            return _("Gift to the general poll fund")
        return _("Gift for a poll in %(riding)s") % {"riding": row.project.riding.name}


def _filled(url: str, row: Contribution) -> str:
    return url.replace("{contribution}", str(row.public_id))
