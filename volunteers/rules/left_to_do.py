"""What there is still to do at a door. Pure."""

from volunteers.enums import DoorStatus, Outcome

STATUS_OF: dict[str, DoorStatus] = {
    "": DoorStatus.UNVISITED,
    Outcome.ANSWERED: DoorStatus.TALKED,
    Outcome.REFUSED: DoorStatus.CLOSED,
    Outcome.DO_NOT_CONTACT: DoorStatus.SUPPRESSED,
    Outcome.MOVED: DoorStatus.CLOSED,
    Outcome.DECEASED: DoorStatus.CLOSED,
    Outcome.LANGUAGE: DoorStatus.AGAIN,
    Outcome.CALL_BACK: DoorStatus.AGAIN,
    Outcome.NOT_HOME: DoorStatus.AGAIN,
    Outcome.LEFT_LITERATURE: DoorStatus.AGAIN,
    Outcome.NO_ACCESS: DoorStatus.AGAIN,
}


def status_of(outcome: str, *, is_suppressed: bool) -> DoorStatus:
    """Return the status of a door by its last outcome; who wants no contact is left alone whatever was said before."""
    return DoorStatus.SUPPRESSED if is_suppressed else STATUS_OF[outcome]
