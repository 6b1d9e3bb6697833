"""What is kept under an address of somebody who is no supporter."""

from dataclasses import dataclass

from coop4canada.kit.panels import Records, functions_of


@dataclass(frozen=True)
class Correspondent:
    """Whoever reads mail at an address; `is_expired` tells that the hour of their link is over."""

    email_key: str
    is_expired: bool = False


def records_of(correspondent: Correspondent) -> list[Records]:
    """Return what is kept under an address, of those parts of the site that keep something.

    AppConfigs list functions under `address_records` that need nothing of a person but `email_key`.
    """
    found = [records(supporter=correspondent) for records in functions_of("address_records")]
    return [records for records in found if records.rows]
