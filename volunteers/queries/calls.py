"""What a caller sees of the call they hold."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from supporters.rules.phone import shown_phone
from volunteers.enums import Channel, Outcome
from volunteers.models import Attempt, Contact, Lease
from volunteers.rules.calling_hours import closing, province_of_riding

LONGEST_HOUSEHOLD = 8


@dataclass(frozen=True)
class Offer:
    """Whom to call, for whoever holds the lease alone.

    `also_there`: others of the list with the same number or address. `message_left`: one message a voter is enough.
    `is_resumed`: the caller held this call already. `window_closes_at`: no dialling from then on.
    """

    lease_id: UUID
    contact_id: int
    list_name: str
    name: str
    phone: str
    language: str
    riding_number: int
    zone: str
    script_version_id: int | None
    attempts: int
    last_outcome: str
    promised_at: datetime | None
    promised_by_caller: bool
    also_there: tuple[str, ...]
    message_left: bool
    expires_at: datetime
    dialled_at: datetime | None
    window_closes_at: datetime | None
    is_resumed: bool

    @property
    def shown_phone(self) -> str:
        """Return the number as people read it."""
        return shown_phone(self.phone)


def held_lease(caller_id: int) -> Lease | None:
    """Return the call that an account holds, lapsed or not."""
    rows = Lease.objects.filter(caller_id=caller_id, ended_at__isnull=True)
    return rows.select_related("contact", "contact__contact_list").first()


def offer_of(lease: Lease, *, is_resumed: bool, now: datetime) -> Offer:
    """Return what the holder of a lease sees."""
    contact = lease.contact
    province = province_of_riding(contact.riding_number)
    messages = Attempt.objects.filter(contact=contact, channel=Channel.PHONE, outcome=Outcome.VOICEMAIL)
    return Offer(
        lease_id=lease.pk,
        contact_id=contact.pk,
        list_name=contact.contact_list.name,
        name=contact.name,
        phone=contact.phone,
        language=contact.language,
        riding_number=contact.riding_number,
        zone=contact.zone,
        script_version_id=lease.script_version_id,
        attempts=contact.attempt_count,
        last_outcome=contact.last_outcome,
        promised_at=contact.callback_at,
        promised_by_caller=contact.callback_owner_id == lease.caller_id,
        also_there=_also_there(contact),
        message_left=messages.exists(),
        expires_at=lease.expires_at,
        dialled_at=lease.dialled_at,
        window_closes_at=closing(contact.zone, province, now),
        is_resumed=is_resumed,
    )


def _also_there(contact: Contact) -> tuple[str, ...]:
    same = Contact.objects.filter(
        household_key=contact.household_key, contact_list_id=contact.contact_list_id
    ).exclude(pk=contact.pk)
    names = same.exclude(name="").order_by("name").values_list("name", flat=True)
    return tuple(names[:LONGEST_HOUSEHOLD])
