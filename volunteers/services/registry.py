"""The Voter Contact Registry: the first call of an election period starts the clock, an organizer records the filing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from campaign.models import OrganizerAlert
from campaign.services import alert_organizers, resolve_alerts
from coop4canada.kit.memory import ShortMemory
from supporters.models import User
from volunteers.models import ElectionPeriod, Lease, RegistryFiling
from volunteers.rules.registry import due_at, is_within, span

_armed: ShortMemory[bool] = ShortMemory(timedelta(seconds=20))


class IncompleteFiling(ValueError):
    """A filing has a day, a number and an official representative."""


@dataclass(frozen=True)
class Filed:
    """What was filed."""

    on: date
    number: str
    representative: str


def note_call(*, now: datetime) -> None:
    """Start the clock if this is the first call of an election period; cheap, for it is asked before every call."""
    _armed.recall("armed", lambda: _arm(now), now=now)


def sweep_registry(*, now: datetime) -> int:
    """Start the clock of a period in which somebody called without its being noted; return how many were started."""
    return sum(_arm_period(period, now) for period in _periods(now))


@transaction.atomic
def record_filing(*, filing: RegistryFiling, filed: Filed, by: User, now: datetime) -> None:
    """Note that the registry was told; the alert goes.

    Raises: IncompleteFiling.
    """
    number, representative = filed.number.strip(), filed.representative.strip()
    if not number or not representative or filed.on > now.date():
        raise IncompleteFiling
    RegistryFiling.objects.filter(pk=filing.pk).update(
        filed_on=filed.on, number=number, representative=representative, filed_by=by
    )
    resolve_alerts(alerts=OrganizerAlert.objects.filter(key=_key(filing.period_id)), now=now)


def _periods(now: datetime) -> list[ElectionPeriod]:
    unarmed = ElectionPeriod.objects.filter(filing=None).order_by("begins_on")
    return [one for one in unarmed if is_within(one.begins_on, one.polling_on, now)]


def _arm(now: datetime) -> bool:
    for period in _periods(now):
        _start(period, now, now)
    return True


def _arm_period(period: ElectionPeriod, now: datetime) -> bool:
    """Start the clock at the first contact that was given out within the period."""
    given = Lease.objects.filter(issued_at__range=span(period.begins_on, period.polling_on))
    first = given.aggregate(first=Min("issued_at"))["first"]
    return first is not None and _start(period, first, now)


@transaction.atomic
def _start(period: ElectionPeriod, first_call_at: datetime, now: datetime) -> bool:
    filing, is_new = RegistryFiling.objects.get_or_create(
        period=period, defaults={"first_call_at": first_call_at, "due_at": due_at(first_call_at)}
    )
    if is_new:
        with translation.override("en"):
            message = _("Voter Contact Registry: file by %(due)s UTC. The first call of %(period)s was made.") % {
                "due": f"{filing.due_at:%Y-%m-%d %H:%M}", "period": period.name
            }  # fmt: skip
        link = reverse("admin:volunteers_registryfiling_change", args=[filing.pk])
        alert_organizers(key=_key(period.pk), message=message, link=link, now=now)
    return is_new


def _key(period_id: int) -> str:
    return f"registry.{period_id}"
