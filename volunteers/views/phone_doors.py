"""Who comes to the phone team's board: its captains, with a second factor."""

from supporters.doors import role_required
from supporters.enums import RidingRoleKind

for_phone_captain = role_required(RidingRoleKind.PHONE_CAPTAIN)
