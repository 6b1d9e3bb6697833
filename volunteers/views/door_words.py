"""What the canvasser's page says by itself while no server can be asked, and what a phone is told of doors."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop4canada.kit.panels import Panel, panels_for
from volunteers.enums import Outcome
from volunteers.queries.walks import DoorRow, Walk, outcome_label
from volunteers.services.visits import Refused

REFUSALS = {
    Refused.NOT_YOUR_DOOR: gettext_lazy("This door is not in your turf."),
    Refused.NOT_YOUR_RECORD: gettext_lazy("Somebody else sent this record."),
    Refused.AFTER_THE_END: gettext_lazy("It was recorded after you had left the team."),
    Refused.PLEDGE: gettext_lazy("The pledge cannot be taken like this:"),
    "unreadable": gettext_lazy("This record cannot be read."),
}

# By the names under which the scripts ask for them; {count}, {time}, {door} and {reason} are filled in there.
WORDS = {
    "all_sent": gettext_lazy("Everything is sent."),
    "one_waits": gettext_lazy("1 record waits on this phone."),
    "many_wait": gettext_lazy("{count} records wait on this phone."),
    "last_sync": gettext_lazy("Last sent at {time}."),
    "never_sent": gettext_lazy("Nothing was sent yet."),
    "sending": gettext_lazy("Sending…"),
    "offline": gettext_lazy("No connection: go on, everything is kept on this phone."),
    "log_in": gettext_lazy("Log in again to send. Nothing is lost."),
    "failed": gettext_lazy("The server did not take it. It will be tried again."),
    "gone": gettext_lazy("This turf is not yours any more. Save a file of what was not sent."),
    "given_back": gettext_lazy("The turf was given back. What you recorded has been kept."),
    "waits": gettext_lazy("waits on this phone"),
    "refused": gettext_lazy("{door}: not taken. {reason}"),
    "you": gettext_lazy("you"),
    "another": gettext_lazy("another canvasser"),
    "no_room": gettext_lazy("This phone has hardly any room left: send now, or save a file."),
    "no_storage": gettext_lazy(
        "This phone cannot keep records: it would lose them. Send each one at once, or write on paper."
    ),
    "ready": gettext_lazy("Ready for no connection: this page opens again without one."),
    "not_ready": gettext_lazy("This browser cannot open the page without a connection: leave it open."),
    "pledge_incomplete": gettext_lazy("A pledge needs name, postal code and the person’s agreement."),
    "progress": gettext_lazy("{done} of {count} doors done"),
    "open": gettext_lazy("not visited yet"),
    "pass": gettext_lazy("do not contact: pass by"),
    "conflict": gettext_lazy("two canvassers heard different things"),
}


def refusal(reason: str, detail: str) -> str:
    """Return why a record was refused, in a sentence."""
    return f"{REFUSALS[reason]} {detail}".strip() if reason in REFUSALS else ""


def outcome_words(outcomes: Iterable[Outcome]) -> list[tuple[Outcome, str]]:
    """Return outcomes with their words."""
    return [(outcome, outcome_label(outcome)) for outcome in outcomes]


def pledge_panels(fields: dict[str, list[str]]) -> list[Panel]:
    """Return the forms of what can be promised at a door; apps that keep pledges list them."""
    return panels_for("door_pledge_forms", fields=fields)


def door_texts(walk: Walk) -> dict[str, dict[str, Any]]:
    """Return what every door shows, by its number, as a phone keeps it."""
    return {str(row.pk): _door_text(row) for row in walk.rows}


def _door_text(row: DoorRow) -> dict[str, Any]:
    return {
        "address": row.address,
        "mark": row.mark,
        "state": row.state,
        "label": row.label,
        "at": row.at.isoformat() if row.at else "",
        "mine": str(row.mine) if row.mine else "",
        "rivals": [
            {
                "label": one.label,
                "at": one.at.isoformat(),
                "by": _("you") if one.is_mine else _("another canvasser"),
            }
            for one in row.rivals
        ],
    }
