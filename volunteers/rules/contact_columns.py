"""What the columns of a file hold, guessed by their names in English and French. Pure."""

from collections.abc import Mapping, Sequence

from coop4canada.kit.text import plain
from volunteers.enums import Channel
from volunteers.enums.importing import DOOR_COLUMNS, PERSON_COLUMNS, Column

# Plain names, the likeliest first.
_NAMES: dict[Column, tuple[str, ...]] = {
    Column.SOURCE_ID: ("source id", "id", "external id", "contact id", "reference", "numero source", "identifiant"),
    Column.NAME: ("name", "full name", "nom", "nom complet", "contact"),
    Column.FIRST_NAME: ("first name", "given name", "firstname", "prenom"),
    Column.LAST_NAME: ("last name", "surname", "family name", "lastname", "nom de famille"),
    Column.PHONE: (
        "phone", "phone number", "telephone", "telephone number", "tel", "mobile", "cell", "cellulaire",
        "home phone", "cell phone", "numero de telephone", "no de telephone",
    ),
    Column.LANGUAGE: ("language", "lang", "langue", "preferred language", "langue preferee"),
    Column.RIDING: (
        "riding", "riding number", "fed", "fed number", "fed num", "fednum", "electoral district",
        "circonscription", "numero de circonscription", "no de circonscription", "no ced",
    ),
    Column.ADDRESS: ("address", "street address", "address 1", "adresse", "adresse municipale", "full address"),
    Column.NUMBER: ("number", "civic number", "civic no", "house number", "street number", "street no", "no civique", "numero civique", "numero"),  # noqa: E501
    Column.STREET: ("street", "street name", "road", "rue", "nom de rue", "nom de la rue", "odonyme"),
    Column.UNIT: ("unit", "apt", "apartment", "suite", "unit number", "app", "appartement", "unite"),
    Column.CITY: ("city", "municipality", "town", "place", "ville", "municipalite"),
    Column.POSTAL_CODE: ("postal code", "postalcode", "postcode", "postal", "code postal", "cp"),
    Column.LATITUDE: ("latitude", "lat", "y"),
    Column.LONGITUDE: ("longitude", "lon", "lng", "long", "x"),
}  # fmt: skip

# What only official lists of electors carry.
# Source: Elections Canada, discussion papers 1 and 3, 2020: parties, candidates and members get lists, third parties do not.
_OF_ELECTORS = (
    "elector number", "elector no", "elector id", "electors number", "elector identifier", "unique elector",
    "poll division", "polling division", "poll div", "pd number", "pd no", "poll number",
    "numero d electeur", "numero electeur", "no d electeur", "no electeur", "identifiant de l electeur",
    "identifiant electeur", "section de vote", "numero de section",
)  # fmt: skip


def offered_columns(channel: str) -> tuple[Column, ...]:
    """Return what columns may hold in a file for a channel."""
    return DOOR_COLUMNS if channel == Channel.DOOR else PERSON_COLUMNS


def guess_columns(head: Sequence[str], channel: str) -> dict[Column, int]:
    """Return the position of each column whose name tells what it holds."""
    names = [plain(name) for name in head]
    guessed = {}
    for column in offered_columns(channel):
        found = next((names.index(name) for name in _NAMES[column] if name in names), None)
        if found is not None:
            guessed[column] = found
    return guessed


def missing_columns(
    columns: Mapping[Column, int], channel: str, *, has_riding: bool
) -> tuple[tuple[Column, ...], ...]:
    """Return which columns are still wanted: of each group one has to be there."""
    if channel == Channel.DOOR:
        wanted: tuple[tuple[Column, ...], ...] = (
            (Column.NUMBER, Column.ADDRESS),
            (Column.STREET, Column.ADDRESS),
            (Column.CITY, Column.POSTAL_CODE),
            (Column.LATITUDE,),
            (Column.LONGITUDE,),
        )
    else:
        wanted = ((Column.PHONE,), *(() if has_riding else ((Column.RIDING, Column.POSTAL_CODE),)))
    return tuple(group for group in wanted if not any(column in columns for column in group))


def is_of_electors(name: str) -> bool:
    """Say whether a column's name is one that official lists of electors carry."""
    words = f" {plain(name)} "
    return any(f" {sign} " in words for sign in _OF_ELECTORS)
