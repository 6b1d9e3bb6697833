"""Vocabulary of electoral geography."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Province(TextChoices):
    """Provinces and territories by their postal abbreviations.

    Source: Canada Post, "Addressing Guidelines", 2025.
    """

    NL = "NL", _("Newfoundland and Labrador")
    PE = "PE", _("Prince Edward Island")
    NS = "NS", _("Nova Scotia")
    NB = "NB", _("New Brunswick")
    QC = "QC", _("Quebec")
    ON = "ON", _("Ontario")
    MB = "MB", _("Manitoba")
    SK = "SK", _("Saskatchewan")
    AB = "AB", _("Alberta")
    BC = "BC", _("British Columbia")
    YT = "YT", _("Yukon")
    NT = "NT", _("Northwest Territories")
    NU = "NU", _("Nunavut")


class PollRegion(TextChoices):
    """Regions for which pollsters publish shares; the territories only appear in national figures."""

    ATLANTIC = "Atlantic", _("Atlantic Canada")
    QC = "QC", _("Quebec")
    ON = "ON", _("Ontario")
    MB_SK = "MB_SK", _("Manitoba and Saskatchewan")
    AB = "AB", _("Alberta")
    BC = "BC", _("British Columbia")
    CANADA = "Canada", _("Canada")


class RidingClass(TextChoices):
    """Classes of the map.

    Source: Leadnow, "Vote Together" map legend, 2015 (dark purple, light purple, yellow).
    """

    SWING = "swing", _("Swing riding")
    EMERGING = "emerging", _("Emerging battleground")
    OTHER = "other", _("Other riding")


class Method(TextChoices):
    """Rules by which ridings are classified; docs/algorithms/classification.md explains each."""

    VOTE_TOGETHER_2015 = "vote-together-2015", _("Vote Together 2015: last results and projected drop")
    PIVOTAL = "pivotal", _("Pivotal: how much cooperation changes the target party's chance")


class BoundaryStatus(TextChoices):
    """Life of a boundary set: looked at, in force, kept for its elections."""

    DRAFT = "draft", _("Draft: not in force yet")
    LIVE = "live", _("In force")
    FORMER = "former", _("Former: kept for its elections")


class ResultBasis(TextChoices):
    """Where a vote count on a boundary set comes from."""

    ACTUAL = "actual", _("Actual result")
    OFFICIAL = "official_transposition", _("Official transposition")
    COMPUTED = "computed_transposition", _("Estimate: computed transposition")


class Stance(TextChoices):
    """A party's position on an issue, in one word."""

    FOR = "for", _("For")
    PARTLY = "partly", _("Partly")
    AGAINST = "against", _("Against")
    UNKNOWN = "unknown", _("Not known")


class GeometryLevel(TextChoices):
    """Level of detail of a geometry document."""

    NATIONAL = "national", _("Whole country")
    PROVINCE = "province", _("One province in fine detail")


class VotingBand(TextChoices):
    """Ridings that vote at the same local hours.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 128.
    """

    NEWFOUNDLAND = "newfoundland", _("Newfoundland time")
    ATLANTIC = "atlantic", _("Atlantic time")
    EASTERN = "eastern", _("Eastern time")
    CENTRAL = "central", _("Central time")
    SASKATCHEWAN = "saskatchewan", _("Saskatchewan time")
    SASKATCHEWAN_SUMMER = "sk_summer", _("Saskatchewan, while others have summer time")
    MOUNTAIN = "mountain", _("Mountain time")
    PACIFIC = "pacific", _("Pacific time")
