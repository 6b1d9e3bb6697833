"""The first petition of a new site."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campaign.models import Party
from petitions.models import Addressee, Petition


@transaction.atomic
def install_petition(
    *, words: Mapping[str, Any], addressees: Iterable[Mapping[str, str]], now: datetime
) -> bool:
    """Create the petition, open from now on, unless there is any petition; say whether it is new.

    Args:
        words: columns of Petition.
        addressees: columns of Addressee in their order; `party` is a code.
        now: the moment.
    """
    if Petition.objects.exists():
        return False
    petition = Petition.objects.create(**words, opens_at=now)
    parties = Party.objects.in_bulk(field_name="code")
    Addressee.objects.bulk_create(
        Addressee(**{**row, "petition": petition, "party": parties.get(row["party"]), "display_order": order})
        for order, row in enumerate(addressees)
    )
    return True
