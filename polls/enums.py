"""The words of polls and of the money that pays for them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Purposes of what is sealed: a link to the state of a gift, one to mend its card, the token of a form that gives.
GIFT = "polls.gift"
MEND_CARD = "polls.mend-card"
PROMISE = "polls.promise"
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


class Fact(TextChoices):
    """What must be known of a poll before it is shown, in the words that organizers read.

    Source: Canada Elections Act, S.C. 2000, c. 9, sections 326 and 327.
    """

    SPONSOR = "sponsor", _("Who asked for the poll: the sponsor’s name")
    SPONSOR_ADDRESS = "sponsor_address", _("The sponsor’s address")
    FIRM = "firm", _("Who conducted the poll")
    FIRM_ADDRESS = "firm_address", _("The address of who conducted it")
    FIELD_STARTS_ON = "field_starts_on", _("The first day on which people were asked")
    FIELD_ENDS_ON = "field_ends_on", _("The last day on which people were asked")
    HOURS_EN = "hours_en", _("At what hours people were asked, in English")
    HOURS_FR = "hours_fr", _("At what hours people were asked, in French")
    POPULATION_EN = "population_en", _("The population the sample was drawn from, in English")
    POPULATION_FR = "population_fr", _("The population the sample was drawn from, in French")
    CONTACTED_COUNT = "contacted_count", _("How many people were contacted")
    INELIGIBLE_COUNT = "ineligible_count", _("How many of them were not eligible")
    REFUSED_COUNT = "refused_count", _("How many of them refused")
    SAMPLE_SIZE = "sample_size", _("How many people took part")
    IS_PROBABILITY = "is_probability", _("Whether it is based on recognized statistical methods")
    MARGIN_OF_ERROR = "margin_of_error", _("The margin of error, as the sample is a random one")
    METHOD = "method", _("How people were asked")
    SAMPLING_EN = "sampling_en", _("How the sample was drawn, in English")
    SAMPLING_FR = "sampling_fr", _("How the sample was drawn, in French")
    WEIGHTING_EN = "weighting_en", _("How answers were weighted, in English")
    WEIGHTING_FR = "weighting_fr", _("How answers were weighted, in French")
    UNDECIDED_EN = "undecided_en", _("How undecided people and missing answers were counted, in English")
    UNDECIDED_FR = "undecided_fr", _("How undecided people and missing answers were counted, in French")
    REPORT = "report", _("The address of the report")
    WORDING_EN = "wording_en", _("The question as it was worded, in English")
    WORDING_FR = "wording_fr", _("The question as it was worded, in French")
    VOTE_QUESTION = "vote_question", _("The question about the vote")
    VOTE_READINGS = "vote_readings", _("The shares of the parties among everybody who was asked")


class Obstacle(TextChoices):
    """Why a poll whose facts are all there is still not shown."""

    FIELD_NOT_OVER = (
        "field_not_over",
        _("People are still being asked: the last day in the field has not come."),
    )
    BLACKOUT = (
        "blackout",
        _("It is polling day: nothing new may be shown before the polls of this riding close."),
    )
    READINGS = "readings", _("The readings do not add up.")
    PROJECT = "project", _("Its poll project is not in the field.")
    PROJECT_RIDING = "project_riding", _("Its poll project is one of another riding.")


class ReadingProblem(TextChoices):
    """What may be wrong with readings; the words are in `polls.queries.sentences`."""

    SHARE_RANGE = "share_range", _("A share is not between 0 and 100 %")
    SUM = "sum", _("The shares do not add up to 100 %")
    BASE_ABOVE_SAMPLE = "base_above_sample", _("More people than took part")
    BASES_DIFFER = "bases_differ", _("One group with several numbers of people")
    BASES_OUT_OF_ORDER = "bases_out_of_order", _("More decided people than people")
    NOT_AN_ANSWER_HERE = "not_an_answer_here", _("An answer that decided people do not give")
    UNKNOWN_PARTY = "unknown_party", _("A party that is not known")
    SAMPLE_ABOVE_CONTACTED = "sample_above_contacted", _("More people took part than were contacted")
    DATES_OUT_OF_ORDER = "dates_out_of_order", _("The last day comes before the first")
    GROUPS_DO_NOT_ADD_UP = "groups_do_not_add_up", _("The groups do not add up to everybody")
    DECIDED_ABOVE_LEANING = "decided_above_leaning", _("More decided than decided and leaning")
    BASE_MISSING = "base_missing", _("How many people that is, is not said")
    MARGIN_DIFFERS = "margin_differs", _("The margin of error is not that of the sample")


class TableProblem(TextChoices):
    """What may be wrong with a line of a CSV table of readings."""

    NOT_A_TABLE = "not_a_table", _("this is no CSV table")
    NO_COLUMN = "no_column", _("the header lacks this column")
    COLUMN_TWICE = "column_twice", _("a column stands twice, or both share and share_percent are there")
    EMPTY = "empty", _("the table has no rows")
    TOO_LONG = "too_long", _("the table has more rows than can be read")
    CELLS = "cells", _("the line has more or fewer cells than the header")
    QUESTION = "question", _("no question of this poll has this number")
    BASIS = "basis", _("the basis is all, leaning or decided")
    GROUP = "group", _("a group’s name has at most 60 letters")
    ANSWER = "answer", _("neither a party’s code nor other, undecided, will_not_vote or refused")
    SHARE = "share", _("no share between 0 and 100 %")
    SHARE_AMBIGUOUS = (
        "share_ambiguous",
        _("it is not clear whether these are percents: write 42 % or 0.42, or name the column share_percent"),
    )
    BASE = "base", _("how many people that is, is a whole number or empty")
    TWICE = "twice", _("this answer of this group stands in the table twice")


class MailAudience(TextChoices):
    """Who is told of a poll."""

    GIVERS = "givers", _("who gave for it")
    NEIGHBOURS = "neighbours", _("who lives in the riding and wants our news")


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
