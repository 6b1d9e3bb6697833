"""What the public page of a petition shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.models import active_language
from coop4canada.kit.memory import ShortMemory
from petitions.models import Addressee, Petition, Signature
from petitions.queries.counts import (
    UNKNOWN_RIDING,
    ProvinceCount,
    PublicCount,
    counts_by_province,
    counts_by_riding,
    public_count,
)
from petitions.queries.sign_form import SignBox, sign_box
from petitions.rules.signing import Opening
from ridings.models import Riding
from ridings.queries.codes import live_ridings
from supporters.enums import EntryState
from supporters.rules.person_name import given_name

NAMES_SHOWN = 12
# Well within the time that caches before us may keep the page.
_memory: "ShortMemory[PetitionPage]" = ShortMemory(timedelta(seconds=5))


@dataclass(frozen=True)
class PublicName:
    """A first name and a riding that somebody let us show."""

    name: str
    riding: Riding | None
    confirmed_at: datetime | None


@dataclass(frozen=True)
class PetitionPage:
    """The petition with all that is public about it."""

    box: SignBox
    count: PublicCount
    addressees: tuple[Addressee, ...]
    names: tuple[PublicName, ...]
    provinces: tuple[ProvinceCount, ...]
    unknown_count: int

    @property
    def petition(self) -> Petition:
        """The petition itself."""
        return self.box.petition

    @property
    def opening(self) -> Opening:
        """Whether it can be signed."""
        return self.box.opening


def petition_page(petition: Petition, now: datetime) -> PetitionPage:
    """Return the page of a petition in the active language, at most some seconds old."""
    key = (petition.pk, active_language())
    return _memory.recall(key, lambda: _read(petition, now), now=now)


def _read(petition: Petition, now: datetime) -> PetitionPage:
    by_riding = counts_by_riding(petition)
    return PetitionPage(
        box=sign_box(petition, now),
        count=public_count(petition),
        addressees=addressees_of(petition),
        names=_names(petition) if petition.shows_names else (),
        provinces=counts_by_province(by_riding),
        unknown_count=by_riding.get(UNKNOWN_RIDING, 0),
    )


def addressees_of(petition: Petition) -> tuple[Addressee, ...]:
    """Return to whom the letter goes, with their parties."""
    rows = Addressee.objects.filter(petition=petition).select_related("party")
    return tuple(rows.order_by("display_order", "pk"))


def _names(petition: Petition) -> tuple[PublicName, ...]:
    """Return the newest of those who let us show their first name and riding."""
    rows = Signature.objects.filter(petition=petition, state=EntryState.CONFIRMED, is_public=True)
    newest = list(rows.order_by("-pk").values_list("name", "riding_number", "confirmed_at")[:NAMES_SHOWN])
    ridings = live_ridings({number for _name, number, _at in newest if number})
    return tuple(
        PublicName(given_name(name), ridings.get(number or 0), confirmed_at)
        for name, number, confirmed_at in newest
    )
