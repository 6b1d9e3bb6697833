"""People who are no supporters: the link to what is kept under their address alone, and erasing it on their own wish.

Such are contact persons of organizations and whoever wrote to us. AppConfigs list functions under `address_erasures`
that need nothing of a person but `email_key`.
"""

from datetime import datetime

from django.db import transaction

from coop4canada.kit.panels import functions_of
from coop4canada.kit.senders import Letter, MailAddress
from coop4canada.kit.signing import BadToken, keyed_hash, unseal
from supporters.models import OutgoingMessage
from supporters.queries.correspondents import Correspondent, records_of
from supporters.services.consent import Circumstances
from supporters.services.letters import ADDRESS_DATA
from supporters.services.my_data import BETWEEN_LINKS, LINK_LIFE
from supporters.services.outbox import queue_letter

KIND = "supporters/address_data"


def mail_address_link(
    *, address: MailAddress, language: str, circumstances: Circumstances, now: datetime
) -> None:
    """Mail the link to what is kept under an address, if anything is; once in ten minutes at most."""
    if not records_of(Correspondent(address.key)):
        return
    slot = int(now.timestamp() // BETWEEN_LINKS.total_seconds())
    letter = Letter(
        kind=KIND,
        key=f"{KIND}:{keyed_hash(address.key)[:32]}:{slot}",
        to=address,
        language=language,
        context={"opens_address_data": True},
        origin=circumstances.origin,
        wide_origin=circumstances.wide_origin,
    )
    queue_letter(letter=letter, now=now)


def correspondent_of(token: str) -> Correspondent:
    """Return whose data a link opens: the link names the mail that carried it, and the mail names the address.

    So the link itself says nothing about anybody, and ends with the mail.
    Raises: BadToken.
    """
    found = unseal(ADDRESS_DATA, token, max_age=LINK_LIFE)
    if len(found.values) != 1 or not found.values[0].isdigit():
        raise BadToken("this is no mail")
    mail = OutgoingMessage.objects.filter(pk=int(found.values[0]), kind=KIND).first()
    if mail is None:
        raise BadToken("the mail is gone")
    return Correspondent(mail.to_key, found.is_expired)


@transaction.atomic
def erase_correspondent(*, correspondent: Correspondent) -> None:
    """Erase what is kept under an address, the mails that carried the links included.

    Nothing is suppressed: no mail went there but answers, and to remember the address would be to keep it.
    """
    for erase in functions_of("address_erasures"):
        erase(supporter=correspondent)
    OutgoingMessage.objects.filter(to_key=correspondent.email_key, supporter=None, kind=KIND).delete()
