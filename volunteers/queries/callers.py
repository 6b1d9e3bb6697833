"""Who may call, and which lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from coop4canada.kit.memory import ShortMemory
from supporters.models import Supporter, User
from supporters.queries.search import address_key
from volunteers.enums import Channel, ListState, MembershipState, Need
from volunteers.models import ContactList, Membership


@dataclass(frozen=True)
class CallableList:
    """A list that is being called, with the version of its script in use and the least need of ridings it is called in."""

    pk: int
    script_version_id: int
    least_need: int


@dataclass(frozen=True)
class Person:
    """What is known of a caller as a person: numbers never given to them, the language they chose.

    `phones`: those that ring at their own place or at a colleague's, who needs no call about what they do themselves.
    """

    phones: tuple[str, ...] = ()
    language: str = ""


def teams_of_caller(user: User) -> frozenset[int | None]:
    """Return the ridings of the live teams that an account belongs to; None stands for the national phone team."""
    live = Membership.objects.filter(user=user, state=MembershipState.ACTIVE, team__closed_at__isnull=True)
    return frozenset(live.values_list("team__riding_number", flat=True))


def lists_of_teams(teams: frozenset[int | None]) -> Q:
    """Return the condition of lists that these teams call: the national team those of no riding, others their riding's."""
    of_ridings = Q(riding_number__in=[number for number in teams if number is not None])
    return of_ridings | Q(riding_number__isnull=True) if None in teams else of_ridings


def callable_lists(teams: frozenset[int | None]) -> tuple[CallableList, ...]:
    """Return the lists in use that these teams call and that have a script in use."""
    rows = ContactList.objects.filter(
        lists_of_teams(teams),
        channel=Channel.PHONE,
        state=ListState.ACTIVE,
        script__channel=Channel.PHONE,
        script__versions__published_at__isnull=False,
        script__versions__retired_at__isnull=True,
    ).order_by("pk")
    found = rows.values_list("pk", F("script__versions__pk"), "riding_number", "least_need")
    return tuple(
        CallableList(pk, version, least if riding is None else Need.ANY)
        for pk, version, riding, least in found
    )


def person_of(user: User, now: datetime) -> Person:
    """Return what is known of an account as a person."""
    rows = Supporter.objects.filter(email_key=address_key(user.email)).order_by("household_place")
    known = list(rows.values_list("phone", "language"))
    own = [phone for phone, _language in known if phone]
    colleagues = _colleagues.recall("phones", _phones_of_members, now=now)
    return Person((*own, *colleagues), known[0][1] if known else "")


# Asked for by every claim, and changed by few: a new member's number is passed over within a minute.
_colleagues: ShortMemory[tuple[str, ...]] = ShortMemory(timedelta(minutes=1))


def _phones_of_members() -> tuple[str, ...]:
    rows = Supporter.objects.filter(
        account__memberships__state=MembershipState.ACTIVE, account__memberships__team__closed_at__isnull=True
    ).exclude(phone="")
    return tuple(rows.order_by("phone").values_list("phone", flat=True).distinct())
