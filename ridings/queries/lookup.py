"""Find the riding of a postal code, a point or a name: every one that may be meant, never a silent guess."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from coop4canada.kit.text import plain
from ridings.index import holder
from ridings.models import PostalCode, Riding
from ridings.queries.inputs import live_boundary_set
from ridings.queries.names import places_like, ridings_like
from ridings.rules.coordinates import is_on_the_globe
from ridings.rules.postal_code import FSA_LENGTH, PostalCodeText, read_postal_code, spaced

# From this share on, the riding is named as the likely one, though the others are still shown.
# Source: ridings-notes of the project, docs/algorithms/lookup.md.
LIKELY_SHARE = 0.98


class FindingStatus(StrEnum):
    """How sure an answer is."""

    UNIQUE = "unique"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    OUTSIDE = "outside_canada"
    INVALID = "invalid"
    NOT_LOADED = "not_loaded"


class FindingSource(StrEnum):
    """By what the riding was found."""

    POSTAL_CODE = "postal_code"
    FSA = "fsa"
    POINT = "point"
    NAME = "name"
    PLACE = "place"


@dataclass(frozen=True)
class SearchPlace:
    """What a person asks: words or a postal code, or a point in WGS 84 degrees."""

    query: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class RidingMatch:
    """A riding that may be meant; `share` of the code's addresses or of the place, 0–1, or None if unknown."""

    riding: Riding
    share: float | None = None


@dataclass(frozen=True)
class Finding:
    """The answer: every riding that may be meant, likeliest first, and a sentence that says how sure it is."""

    status: FindingStatus
    source: FindingSource
    query: str
    matches: tuple[RidingMatch, ...]
    message: str

    @property
    def is_exact(self) -> bool:
        """Exactly one riding can be meant."""
        return self.status == FindingStatus.UNIQUE


def find_riding(place: SearchPlace) -> Finding:
    """Return every riding that the question may mean: by point if one is given, else by code, else by name."""
    if place.latitude is not None and place.longitude is not None:
        return find_by_point(place.latitude, place.longitude)
    postal_code = read_postal_code(place.query)
    return find_by_code(place.query, postal_code) if postal_code else find_by_name(place.query)


def find_by_point(latitude: float, longitude: float) -> Finding:
    """Return the riding that covers a WGS 84 point; both neighbours where it lies on their border."""
    query = f"{latitude}, {longitude}"
    if not is_on_the_globe(latitude, longitude):
        message = _("A latitude lies between −90 and 90 and a longitude between −180 and 180.")
        return Finding(FindingStatus.INVALID, FindingSource.POINT, query, (), message)
    index = holder.live()
    if index is None:
        return _boundaries_not_loaded(query)
    matches = _matches(index.covering(longitude, latitude))
    if not matches:
        message = _("No riding covers this point: it lies outside Canada.")
        return Finding(FindingStatus.OUTSIDE, FindingSource.POINT, query, (), message)
    if len(matches) == 1:
        return Finding(FindingStatus.UNIQUE, FindingSource.POINT, query, matches, _one(matches[0]))
    message = _("This point lies exactly on a border: choose your riding.")
    return Finding(FindingStatus.AMBIGUOUS, FindingSource.POINT, query, matches, message)


def find_by_code(query: str, typed: PostalCodeText) -> Finding:
    """Return the ridings of a postal code with their shares; those of its first three characters if need be."""
    if typed.code is None:
        return Finding(FindingStatus.INVALID, FindingSource.POSTAL_CODE, query, (), _not_a_code(typed))
    for code in dict.fromkeys((typed.code, typed.code[:FSA_LENGTH])):
        matches = _postal_matches(code)
        if matches:
            source = FindingSource.FSA if len(code) == FSA_LENGTH else FindingSource.POSTAL_CODE
            return _code_finding(typed.code, source, matches)
    if not PostalCode.objects.exists():
        message = _(
            "Postal codes are not loaded on this site yet. Type the name of your city or riding instead."
        )
        return Finding(FindingStatus.NOT_LOADED, FindingSource.POSTAL_CODE, spaced(typed.code), (), message)
    message = _("We do not know the postal code %(code)s. Check it, or type the name of your city or riding.")
    return Finding(
        FindingStatus.UNKNOWN,
        FindingSource.FSA if typed.is_fsa else FindingSource.POSTAL_CODE,
        spaced(typed.code),
        (),
        message % {"code": spaced(typed.code)},
    )


def find_by_name(query: str) -> Finding:
    """Return ridings whose name, or a place in which, resembles the words; accents and typos do not matter."""
    words = plain(query)
    by_name = ridings_like(words)
    places = places_like(words)
    if not by_name and not places:
        message = _(
            "We found no riding or place like “%(query)s”. Check the spelling, or try your postal code."
        )
        return Finding(FindingStatus.UNKNOWN, FindingSource.NAME, query, (), message % {"query": query})
    shares = {match.pk: share for match, share in places}
    ridings = {riding.pk: riding for riding in [*by_name, *(riding for riding, _share in places)]}
    matches = tuple(RidingMatch(riding, shares.get(key)) for key, riding in ridings.items())
    source = FindingSource.NAME if by_name else FindingSource.PLACE
    if len(matches) == 1:
        return Finding(FindingStatus.UNIQUE, source, query, matches, _one(matches[0]))
    message = _("Several ridings match “%(query)s”: choose yours.")
    return Finding(FindingStatus.AMBIGUOUS, source, query, matches, message % {"query": query})


def _code_finding(code: str, source: FindingSource, matches: tuple[RidingMatch, ...]) -> Finding:
    """Say how sure the ridings of a code are; a code wholly inside one riding answers itself."""
    if len(matches) == 1:
        return Finding(FindingStatus.UNIQUE, source, spaced(code), matches, _one(matches[0]))
    likely = (matches[0].share or 0) >= LIKELY_SHARE
    status = FindingStatus.LIKELY if likely else FindingStatus.AMBIGUOUS
    values = {"code": spaced(code), "fsa": code[:FSA_LENGTH], "name": matches[0].riding.name}
    if likely:
        message = _("%(code)s is most likely in %(name)s; a few addresses lie elsewhere.")
    elif source == FindingSource.FSA and len(code) > FSA_LENGTH:
        message = _("We know only the area %(fsa)s, and it reaches into several ridings: choose yours.")
    else:
        message = _("%(code)s reaches into several ridings: choose yours.")
    return Finding(status, source, spaced(code), matches, message % values)


def _postal_matches(code: str) -> tuple[RidingMatch, ...]:
    boundary_set = live_boundary_set()
    rows = PostalCode.objects.filter(code=code, riding__boundary_set=boundary_set).select_related("riding")
    return tuple(RidingMatch(row.riding, row.share) for row in rows.order_by("-share", "riding__number"))


def _matches(ridings: Iterable[Riding]) -> tuple[RidingMatch, ...]:
    return tuple(RidingMatch(riding) for riding in ridings)


def _one(match: RidingMatch) -> str:
    return _("Your riding is %(name)s.") % {"name": match.riding.name}


def _not_a_code(typed: PostalCodeText) -> str:
    if typed.hint:
        return _("There is no such postal code. Did you mean %(hint)s?") % {"hint": spaced(typed.hint)}
    return _(
        "This is not a Canadian postal code: it looks like K1A 0B1, and D, F, I, O, Q and U never occur."
    )


def _boundaries_not_loaded(query: str) -> Finding:
    message = _(
        "Boundaries are not loaded on this site yet, so a point cannot be looked up. Search by name or postal code; "
        "whoever runs the site loads them with the command import_boundaries."
    )
    return Finding(FindingStatus.NOT_LOADED, FindingSource.POINT, query, (), message)
