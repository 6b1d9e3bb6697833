"""Whether whatever cannot be called at the head of the queue slows the next claim."""

import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from supporters.models import User
from tests.crowd_of_voters import make_voters
from tests.volunteers.contacting import volunteer
from volunteers.enums import Channel
from volunteers.models import Certificate, Contact, ContactList, Lease, Team
from volunteers.queries.calls import Offer
from volunteers.queries.queue import queue_state
from volunteers.queries.training import course_in_force
from volunteers.services.calls import next_contact, skip_contact

HEAD, CLAIMS = 10_000, 60
# A Wednesday at 9:30 in Toronto: the west still sleeps.
MORNING = datetime(2027, 1, 13, 14, 30, tzinfo=UTC)


def trained(email: str, phone_team: Team) -> User:
    """Make a member of the phone team who has passed the course in force."""
    user = volunteer(email, of=phone_team)
    course = course_in_force(Channel.PHONE)
    if course:
        Certificate.objects.create(user=user, course=course, passed_at=MORNING - timedelta(days=400))
    return user


def measure_heads() -> Iterator[tuple[str, float, str]]:
    """Time claims in this process: an ordinary queue, then ten thousand in the way, asleep or with other callers."""
    phone_team = Team.objects.get(riding_number=None)
    bruno = trained("head@bench.example.org", phone_team)
    yield "claim_ordinary", _median(bruno), "ms"
    list_ = make_voters(HEAD, at=MORNING - timedelta(days=300), zone="America/Vancouver", first=500_000)
    yield "claim_behind_10000_asleep", _median(bruno), "ms"
    Contact.objects.filter(contact_list=list_).update(zone="America/Toronto")
    _hold_all(list_)
    yield "claim_behind_10000_with_callers", _median(bruno), "ms"
    begun = time.perf_counter()
    state = queue_state(bruno, now=MORNING)
    yield "queue_state_of", sum(state.counts.values()), "contacts"
    yield "queue_state", (time.perf_counter() - begun) * 1000, "ms"


def _median(caller: User) -> float:
    times = []
    for _claim in range(CLAIMS):
        begun = time.perf_counter()
        offer = next_contact(caller=caller, now=MORNING)
        times.append(time.perf_counter() - begun)
        assert isinstance(offer, Offer), offer
        skip_contact(lease_id=offer.lease_id, caller=caller, now=MORNING)
    return statistics.median(times) * 1000


@transaction.atomic
def _hold_all(list_: ContactList) -> None:
    """Let as many callers hold one contact of the list each, without moving it from the head as a claim would."""
    contacts = list(Contact.objects.filter(contact_list=list_).order_by("pk"))
    users = User.objects.bulk_create(
        [User(email=f"held{one.pk}@bench.example.org", password="!") for one in contacts]
    )
    Lease.objects.bulk_create(
        [
            Lease(
                contact=contact, caller=user, phone_digest=f"{contact.pk}", household_key=f"{contact.pk}",
                issued_at=MORNING, heartbeat_at=MORNING, expires_at=MORNING + timedelta(hours=1),
            )
            for contact, user in zip(contacts, users, strict=True)
        ]
    )  # fmt: skip
    for contact in contacts:
        contact.phone_digest = contact.household_key = f"{contact.pk}"
    Contact.objects.bulk_update(contacts, ["phone_digest", "household_key"], batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE volunteers_lease")
