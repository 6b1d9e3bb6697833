"""What the sign form needs besides what was typed."""

from dataclasses import dataclass
from datetime import datetime

from petitions.models import Petition
from petitions.rules.signing import Opening, opening
from supporters.models import ConsentWording
from supporters.queries.wordings import current_wordings


@dataclass(frozen=True)
class SignBox:
    """A petition, whether it can be signed now, and the words beside the boxes."""

    petition: Petition
    opening: Opening
    wordings: tuple[ConsentWording, ...]

    @property
    def is_open(self) -> bool:
        """It can be signed now."""
        return self.opening == Opening.OPEN


def sign_box(petition: Petition, now: datetime) -> SignBox:
    """Return what the form of a petition shows at this moment."""
    return SignBox(petition, opening(petition.schedule, now), tuple(current_wordings()))
