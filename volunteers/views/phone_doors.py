"""Who comes to the phone team's board: its captains; and ways from there to other pages of volunteers."""

from django.urls import reverse

from supporters.doors import role_required
from supporters.enums import RidingRoleKind

for_phone_captain = role_required(RidingRoleKind.PHONE_CAPTAIN)


def beside(page: str) -> str:
    """Return the address of another page under /volunteer/, in the active language."""
    return reverse("phone:start").removesuffix("phone/") + page
