"""Vocabulary of chapters, candidates and what these say."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChapterState(TextChoices):
    """How far a chapter is."""

    FORMING = "forming", _("being formed")
    FORMED = "formed", _("formed")


class ChapterTask(TextChoices):
    """What a chapter does, in this order.

    Source: the customer's plan of 2019–2025, its fourth front: local chapters and unity candidates.
    """

    FORM = "form", _("Form the chapter")
    LIAISON = "liaison", _("Name a liaison to the national team")
    INTERVIEWERS = "interviewers", _("Choose who interviews the candidates")
    QUESTIONS = "questions", _("Choose or write the questions")
    INTERVIEW = "interview", _("Interview the candidate of every cooperating party")
    PUBLISH = "publish", _("Publish the answers")
    ASSESS = "assess", _("Assess the candidates")
    DECIDE = "decide", _("Decide on the unity candidate")
    GROW = "grow", _("Grow the membership, door to door")
    TURN = "turn", _("Turn volunteers and gifts to the unity candidate")


class CandidacyState(TextChoices):
    """Where somebody stands on the way to being the unity candidate."""

    CONSIDERED = "considered", _("considered")
    ASSESSED = "assessed", _("assessed")
    ENDORSED = "endorsed", _("endorsed")
    UNITY = "unity", _("unity candidate")
    DECLINED = "declined", _("not chosen")
    WITHDRAWN = "withdrawn", _("withdrew")


class StanceTopic(TextChoices):
    """The two questions that every candidate is asked, whatever else is in the set."""

    COOPERATE = "cooperate", _("Will you cooperate with the other parties here?")
    REFORM = "reform", _("Will you support electoral reform?")


class StanceValue(TextChoices):
    """The answer in one word."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    SILENT = "silent", _("No answer")


class InterviewState(TextChoices):
    """Whether the public sees an interview."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


LANGUAGES = [("en", _("English")), ("fr", _("French"))]

# More questions than a candidate answers in an hour.
MOST_QUESTIONS = 20
