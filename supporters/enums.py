"""Vocabulary of people, consent and mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What somebody may agree to; each is asked for by itself, never ticked beforehand.

    Source: CRTC Compliance and Enforcement Information Bulletin 2012-548: consent per purpose.
    """

    NEWS = "news", _("news of this campaign")
    OTHER_CAMPAIGNS = "other", _("news of other campaigns")
    CALLS = "calls", _("phone calls")
    TEAM = "team", _("sharing with the local team")


# Those that lead to mail; one click in a mail ends them.
MAIL_PURPOSES = frozenset({Purpose.NEWS, Purpose.OTHER_CAMPAIGNS})


class ConsentDecision(TextChoices):
    """What happened to a consent; the last event of a purpose counts."""

    GIVEN = "given", _("given, address not yet confirmed")
    CONFIRMED = "confirmed", _("given, address confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Method(TextChoices):
    """The way something reached us."""

    WEB = "web", _("form on the site")
    STALL = "stall", _("shared tablet at a stall")
    PAPER = "paper", _("paper")
    MAIL = "mail", _("link in a mail")
    PROVIDER = "provider", _("mail provider's report")


class RidingSource(TextChoices):
    """How somebody's riding is known."""

    UNKNOWN = "unknown", _("not known")
    POSTAL_CODE = "postal", _("by the postal code alone")
    CHOSEN = "chosen", _("chosen among those of the postal code")


class MessageState(TextChoices):
    """Where a mail is on its way."""

    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("accepted by the mail provider")
    FAILED = "failed", _("given up")
    SUPPRESSED = "suppressed", _("not sent: the address wants no mail")


class SuppressionReason(TextChoices):
    """Why an address gets no mail."""

    ERASED = "erased", _("asked to be erased")
    REFUSED = "refused", _("said “never mail me”")
    BOUNCED = "bounced", _("the address does not exist")
    COMPLAINED = "complained", _("reported our mail as spam")


class LimitScope(TextChoices):
    """Whose mails a limit counts."""

    ORIGIN = "origin", _("one internet address (IPv6: its /64)")
    WIDE_ORIGIN = "wide", _("its neighbourhood (IPv4 /24, IPv6 /48)")
    DOMAIN = "domain", _("one mail domain, unless it is allowed below")
    RECIPIENT = "recipient", _("one recipient")


class RuleVerdict(TextChoices):
    """What an address rule says."""

    BLOCK = "block", _("hold for review")
    ALLOW = "allow", _("never limit or hold")


class RuleSubject(TextChoices):
    """What an address rule looks at."""

    EMAIL = "email", _("e-mail address, * for any letters")
    DOMAIN = "domain", _("mail domain, * for any letters")
    NETWORK = "network", _("internet address or network (CIDR)")


class Suspicion(TextChoices):
    """Why what a form brought is looked at before it counts; never told to whoever sent it."""

    HONEYPOT = "honeypot", _("filled in a field that people do not see")
    TOO_FAST = "too_fast", _("filled in faster than people can")
    NO_PROOF = "no_proof", _("no proof of work")
    BLOCKED = "blocked", _("matches an address rule")
    DISPOSABLE = "disposable", _("throw-away address")
    BOUNCED = "bounced", _("mail came back")


class EntryState(TextChoices):
    """What became of something entered in a public form; the allowed moves are in `rules/confirming.py`."""

    PENDING = "pending", _("waits for confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("held for review")
    INVALID = "invalid", _("invalid")
    WITHDRAWN = "withdrawn", _("withdrawn")


class RidingRoleKind(TextChoices):
    """What somebody does in a riding, or for all of them, and may see of it."""

    CAPTAIN = "captain", _("riding captain")
    CHAPTER_LEAD = "chapter_lead", _("chapter lead")
    INTERVIEWER = "interviewer", _("interviewer of candidates")
    LOCAL_ORGANIZER = "local", _("local organizer")
    PHONE_CAPTAIN = "phone", _("captain of the phone team")


# The phone team calls the whole country: its captains hold their role in no riding.
ROLES_WITHOUT_RIDING = frozenset({RidingRoleKind.PHONE_CAPTAIN})
# Who holds one of these sees many people's data, which wants more than a mailbox.
ROLES_WITH_SECOND_FACTOR = frozenset(
    {RidingRoleKind.CAPTAIN, RidingRoleKind.LOCAL_ORGANIZER, RidingRoleKind.PHONE_CAPTAIN}
)


class SecondFactorChange(TextChoices):
    """What happened to the second factor of an account, as its owner is told."""

    APP_ADDED = "app_added", _("an app for codes was added")
    APP_REMOVED = "app_removed", _("the app for codes was removed")
    PASSKEY_ADDED = "passkey_added", _("a passkey was added")
    PASSKEY_REMOVED = "passkey_removed", _("a passkey was removed")
    CODES_RENEWED = "codes_renewed", _("new recovery codes were made, the old ones are void")
    RESET = "reset", _("an organizer removed every second factor, so that new ones can be set up")


# So many people may share one e-mail address, as couples do.
MOST_RESIDENTS = 2
