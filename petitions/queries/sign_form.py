"""What the sign form needs besides what was typed."""

from dataclasses import dataclass
from datetime import datetime

from petitions.models import Petition
from petitions.rules.signing import Opening, opening
from ridings.queries.codes import ridings_of_code
from ridings.rules.postal_code import spaced
from supporters.enums import Purpose
from supporters.models import ConsentWording, Supporter, User
from supporters.queries.wordings import current_wordings


@dataclass(frozen=True)
class SignBox:
    """A petition, whether it can be signed now, and the words beside the boxes."""

    petition: Petition
    opening: Opening
    wordings: tuple[ConsentWording, ...]

    @property
    def first_wordings(self) -> tuple[ConsentWording, ...]:
        """Words that everyone sees: about this campaign's news."""
        return tuple(wording for wording in self.wordings if wording.purpose == Purpose.NEWS)

    @property
    def further_wordings(self) -> tuple[ConsentWording, ...]:
        """Words that are folded away until asked for, as a form that looks long is not filled in."""
        return tuple(wording for wording in self.wordings if wording.purpose != Purpose.NEWS)

    @property
    def is_open(self) -> bool:
        """It can be signed now."""
        return self.opening == Opening.OPEN


def sign_box(petition: Petition, now: datetime) -> SignBox:
    """Return what the form of a petition shows at this moment."""
    return SignBox(petition, opening(petition.schedule, now), tuple(current_wordings()))


def known_person(supporter_id: int | None) -> Supporter | None:
    """Return the person that a browser belongs to, if they are still there."""
    return Supporter.objects.filter(pk=supporter_id).first() if supporter_id else None


def prefilled(person: Supporter | None) -> dict[str, str]:
    """Return what the form says already for somebody we know; boxes for consent stay empty."""
    if person is None:
        return {}
    return {"name": person.name, "email": person.email, "postal_code": spaced(person.postal_code)}


def riding_of_code(code: str) -> int | None:
    """Return the FED number of the riding of a packed postal code; None if it is none or one of several."""
    ridings = ridings_of_code(code)
    return ridings[0].number if len(ridings) == 1 else None


def staff_member(user_id: int) -> int | None:
    """Return the number of somebody who is of the staff today; None if they are not."""
    staff = User.objects.filter(pk=user_id, is_staff=True, is_active=True)
    return staff.values_list("pk", flat=True).first()
