"""What is written about people: who they are, what they agreed to, which mail goes to them."""

from supporters.services.accounts import (
    HouseholdFull,
    describe_account,
    ensure_supporter,
    open_account,
    tie_account,
)
from supporters.services.clock import (
    empty_old_circumstances,
    forget_sessions,
    forget_unconfirmed,
    purge_old_mails,
    purge_used_proofs,
)
from supporters.services.consent import (
    Circumstances,
    confirm_consents,
    give_consents,
    withdraw_consents,
)
from supporters.services.correspondents import (
    correspondent_of,
    erase_correspondent,
    mail_address_link,
)
from supporters.services.delivery import deliver_due_messages
from supporters.services.letters import MY_DATA, NOT_ME, UNSUBSCRIBE, write_mail
from supporters.services.links import Reader, reader_of, refuse_mail, token_for, unsubscribe
from supporters.services.my_data import (
    Correction,
    OwnLink,
    choose_consents,
    correct_details,
    erase_supporter,
    mail_own_link,
    own_link,
)
from supporters.services.outbox import Draft, queue_message
from supporters.services.people import (
    Details,
    Recognition,
    confirm_address,
    lock_address,
    recognise_supporter,
)
from supporters.services.proofs import use_proof
from supporters.services.reports import Report, note_report
from supporters.services.roles import AccountSwitchedOff, Invitation, end_role, grant_role, invite_to_role
from supporters.services.suppression import suppress_address

__all__ = [
    "MY_DATA",
    "NOT_ME",
    "UNSUBSCRIBE",
    "AccountSwitchedOff",
    "Circumstances",
    "Correction",
    "Details",
    "Draft",
    "HouseholdFull",
    "Invitation",
    "OwnLink",
    "Reader",
    "Recognition",
    "Report",
    "choose_consents",
    "confirm_address",
    "confirm_consents",
    "correct_details",
    "correspondent_of",
    "deliver_due_messages",
    "describe_account",
    "empty_old_circumstances",
    "end_role",
    "ensure_supporter",
    "erase_correspondent",
    "erase_supporter",
    "forget_sessions",
    "forget_unconfirmed",
    "give_consents",
    "grant_role",
    "invite_to_role",
    "lock_address",
    "mail_address_link",
    "mail_own_link",
    "note_report",
    "open_account",
    "own_link",
    "purge_old_mails",
    "purge_used_proofs",
    "queue_message",
    "reader_of",
    "recognise_supporter",
    "refuse_mail",
    "suppress_address",
    "tie_account",
    "token_for",
    "unsubscribe",
    "use_proof",
    "withdraw_consents",
    "write_mail",
]
