"""The words of polls and of the money that pays for them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Purposes of the links that are sealed: to the state of a gift, to mending its card, back from the provider's page, and
# the token of a form that gives.
GIFT = "polls.gift"
MEND_CARD = "polls.mend-card"
GIVING = "polls.giving"


class ProjectState(TextChoices):
    """Where a poll project stands; `polls.rules.project_states` says which moves there are."""

    DRAFT = "draft", _("Draft")
    FUNDING = "funding", _("Funding")
    CONFIRMING = "confirming", _("Charging the saved cards")
    FUNDED = "funded", _("Funded")
    IN_FIELD = "in_field", _("In the field")
    PUBLISHED = "published", _("Published")
    FAILED = "failed", _("Did not reach its goal")
    REFUNDED = "refunded", _("Refunded")


class FundingModel(TextChoices):
    """What happens where a goal is not reached.

    Source: Cumming, Leboeuf, Schwienbacher, “Crowdfunding models”, 2020, doi 10.1111/fima.12262.
    """

    ALL_OR_NOTHING = "all_or_nothing", _("All or nothing: cards are charged once the goal is reached")
    KEEP_IT = "keep_it", _("Keep it: every gift is charged at once and stays with our polls")


class Provider(TextChoices):
    """Who carries the money."""

    STRIPE = "stripe", _("Card (Stripe)")
    LOCAL = "local", _("Card (trial provider)")
    OFFLINE = "offline", _("Cheque or e-transfer")


class OfflineMethod(TextChoices):
    """How money comes that no card brings; never cash."""

    CHEQUE = "cheque", _("Cheque")
    E_TRANSFER = "e_transfer", _("Interac e-Transfer")


class ContributionState(TextChoices):
    """Where a contribution stands; `polls.rules.contribution_states` says which moves there are."""

    STARTED = "started", _("Started")
    SAVED = "saved", _("Card saved, not charged")
    CHARGING = "charging", _("Being charged")
    FAILING = "failing", _("Card declined, tried again")
    SETTLED = "settled", _("Received")
    DISPUTED = "disputed", _("Disputed")
    REFUNDED = "refunded", _("Refunded")
    CHARGED_BACK = "charged_back", _("Taken back by the bank")
    LAPSED = "lapsed", _("Not completed")
    RELEASED = "released", _("Card released, never charged")


class Leftover(TextChoices):
    """What the giver wants where the goal is missed, or passed without their gift."""

    RETURN = "return", _("Give it back, or do not charge me")
    NEXT = "next", _("Move it to the next closest riding")
    GENERAL = "general", _("Put it into the general poll fund")


class ChargeState(TextChoices):
    """What is known of one try to charge a saved card."""

    ASKED = "asked", _("Asked")
    SUCCEEDED = "succeeded", _("Succeeded")
    DECLINED = "declined", _("Declined")


class RefundState(TextChoices):
    """What is known of one refund."""

    ASKED = "asked", _("Asked")
    SUCCEEDED = "succeeded", _("Sent back")
    FAILED = "failed", _("Failed")


class RefundReason(TextChoices):
    """Why money is given back."""

    REQUEST = "request", _("The giver asked")
    GOAL_FAILED = "goal_failed", _("The goal was not reached")
    NOT_NEEDED = "not_needed", _("The goal was passed")
    NOT_ALLOWED = "not_allowed", _("The law does not allow it")
    MISTAKE = "mistake", _("Mistake")


class DisputeState(TextChoices):
    """How a dispute with the card’s bank stands."""

    OPEN = "open", _("Open")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


class Account(TextChoices):
    """Accounts of the ledger: debits are positive, credits negative, and every entry adds up to zero."""

    PROVIDER = "provider", _("At the payment provider")
    BANK = "bank", _("At the bank")
    PROJECT = "project", _("Held for a poll project")
    GENERAL = "general", _("General poll fund")
    DISPUTED = "disputed", _("Withheld in disputes")
    SPENT = "spent", _("Paid for polls")
    FEES = "fees", _("Fees of the provider")


class EntryKind(TextChoices):
    """Why money moved."""

    GIFT = "gift", _("Gift")
    REFUND = "refund", _("Refund")
    REFUND_FAILED = "refund_failed", _("Refund came back")
    MOVED = "moved", _("Moved to another poll")
    DISPUTE_OPENED = "dispute_opened", _("Dispute opened")
    DISPUTE_WON = "dispute_won", _("Dispute won")
    DISPUTE_LOST = "dispute_lost", _("Dispute lost")
    EXPENSE = "expense", _("Paid to a pollster")
    FEE = "fee", _("Fee of the provider")


class PollState(TextChoices):
    """Whether the public sees a poll."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")


class SurveyMethod(TextChoices):
    """How people were asked."""

    LIVE_PHONE = "live_phone", _("Telephone, live interviewers")
    IVR = "ivr", _("Telephone, interactive voice response")
    ONLINE = "online", _("Online")
    TEXT = "text", _("Text to web")
    MIXED = "mixed", _("Mixed methods")


class Basis(TextChoices):
    """Among whom shares of a question are counted."""

    ALL = "all", _("All respondents")
    LEANING = "leaning", _("Decided and leaning")
    DECIDED = "decided", _("Decided only")


class Answer(TextChoices):
    """Answers that are no party."""

    OTHER = "other", _("Another party or candidate")
    UNDECIDED = "undecided", _("Undecided")
    WILL_NOT_VOTE = "will_not_vote", _("Would not vote")
    REFUSED = "refused", _("Refused to say")


class SpendingCategory(TextChoices):
    """Kinds of regulated expenses of a third party.

    Source: Canada Elections Act, S.C. 2000, c. 9, sections 349 and 353.
    """

    ELECTION_SURVEY = "election_survey", _("Election survey")
    PARTISAN_ACTIVITY = "partisan_activity", _("Partisan activity")
    ADVERTISING = "advertising", _("Election advertising")
    OTHER = "other", _("Not regulated")
