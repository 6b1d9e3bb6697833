"""Vocabulary of what happens at a door and on the phone."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The way a voter is reached."""

    DOOR = "door", _("at the door")
    PHONE = "phone", _("by phone")


class ListState(TextChoices):
    """Whether a list is worked on. A paused list hands out nothing new; what is under way may end."""

    DRAFT = "draft", _("being prepared")
    ACTIVE = "active", _("in use")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class ContactState(TextChoices):
    """Whether a number of a phone list is still to be called."""

    READY = "ready", _("to be called")
    DONE = "done", _("done")
    EXHAUSTED = "exhausted", _("tried as often as allowed")
    INVALID = "invalid", _("wrong number")
    SUPPRESSED = "suppressed", _("do not contact")
    HELD = "held", _("waits for an organizer")


class ZoneSource(TextChoices):
    """How a voter's time zone is known."""

    RIDING = "riding", _("by the riding")
    UNKNOWN = "unknown", _("not known")


class Outcome(TextChoices):
    """What came of one attempt to reach somebody."""

    ANSWERED = "answered", _("talked")
    REFUSED = "refused", _("did not want to talk")
    DO_NOT_CONTACT = "dnc", _("do not contact again")
    MOVED = "moved", _("moved away")
    DECEASED = "deceased", _("has died")
    LANGUAGE = "language", _("another language is needed")
    CALL_BACK = "call_back", _("come back to them at another time")
    # On the phone alone
    NO_ANSWER = "no_answer", _("no answer")
    VOICEMAIL = "voicemail", _("voicemail")
    BUSY = "busy", _("busy")
    WRONG_NUMBER = "wrong", _("wrong number")
    UNKNOWN = "unknown", _("not said: the call was given up")
    # At the door alone
    NOT_HOME = "not_home", _("nobody home")
    LEFT_LITERATURE = "left", _("left something to read")
    NO_ACCESS = "no_access", _("no way to the door")


_ANYWHERE = frozenset(
    {
        Outcome.ANSWERED,
        Outcome.REFUSED,
        Outcome.DO_NOT_CONTACT,
        Outcome.MOVED,
        Outcome.DECEASED,
        Outcome.LANGUAGE,
        Outcome.CALL_BACK,
    }
)
CALL_OUTCOMES = _ANYWHERE | {
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL,
    Outcome.BUSY,
    Outcome.WRONG_NUMBER,
    Outcome.UNKNOWN,
}
DOOR_OUTCOMES = _ANYWHERE | {Outcome.NOT_HOME, Outcome.LEFT_LITERATURE, Outcome.NO_ACCESS}
# Somebody was spoken with: it stands against a later "nobody home".
CONVERSATIONS = frozenset(
    {Outcome.ANSWERED, Outcome.REFUSED, Outcome.DO_NOT_CONTACT, Outcome.LANGUAGE, Outcome.CALL_BACK}
)


class EndOfLease(TextChoices):
    """Why a caller no longer holds a contact."""

    RECORDED = "recorded", _("the outcome was recorded")
    SKIPPED = "skipped", _("given back before dialling")
    EXPIRED = "expired", _("the caller vanished")
    SUPPRESSED = "suppressed", _("the voter wants no contact")
    REVOKED = "revoked", _("the caller may no longer call")
    CLOSED = "closed", _("the list was closed")


class EndOfCheckout(TextChoices):
    """Why somebody no longer holds a turf."""

    RETURNED = "returned", _("brought back")
    EXPIRED = "expired", _("past its date")
    RECLAIMED = "reclaimed", _("taken back by a captain")
    REVOKED = "revoked", _("the holder left the team")


class ScriptPurpose(TextChoices):
    """What a script is for, which decides the rules it falls under.

    Source: CRTC, Unsolicited Telecommunications Rules, Part III, 2024: solicitation is asking for money or money's worth.
    """

    PERSUASION = "persuasion", _("to convince")
    SURVEY = "survey", _("to ask for opinions")
    GET_OUT_THE_VOTE = "gotv", _("to bring people to vote")
    SOLICITATION = "solicitation", _("to ask for money")


class QuestionKind(TextChoices):
    """How a question of a script is answered."""

    SAY = "say", _("nothing to answer: only said")
    ONE = "one", _("one of the answers")
    TEXT = "text", _("in words")


class Effect(TextChoices):
    """What choosing an answer does, in the same moment in which it is recorded."""

    NONE = "", _("nothing more")
    SUCCESS = "success", _("counts as won over")
    DO_NOT_CONTACT = "dnc", _("never contact again")
    END = "end", _("ends the conversation")


class SuppressedThing(TextChoices):
    """By what a voter who wants no contact is recognised."""

    PHONE = "phone", _("phone number")
    ADDRESS = "address", _("address")


class SuppressionSource(TextChoices):
    """Who said that there must be no contact."""

    DOOR = "door", _("the voter, at the door")
    CALL = "call", _("the voter, on the phone")
    WRITTEN = "written", _("the voter, in writing or by calling us")
    IMPORTED = "imported", _("a list of people not to contact")
