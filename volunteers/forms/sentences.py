"""What is wrong with a script, in sentences."""

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from volunteers.rules.scripts import Finding, Lacking, Problem

_PROBLEMS = {
    Problem.OPENING_LACKS: _("The opening has to say %(where)s."),
    Problem.TWO_KEYS: _("Two questions have this key: %(where)s."),
    Problem.TWO_ANSWERS: _("Two answers have this key: %(where)s."),
    Problem.NO_ANSWERS: _("Nothing can be answered to this question: %(where)s."),
    Problem.NEEDLESS_ANSWERS: _("Answers belong to questions with one answer, not to: %(where)s."),
    Problem.LEADS_NOWHERE: _("There is no question with the key to which this leads: %(where)s."),
    Problem.LOOP: _("The conversation would turn in a circle at: %(where)s."),
    Problem.UNREACHABLE: _("Nobody ever comes to this question: %(where)s."),
    Problem.ASKS_FOR_MONEY: _(
        "“%(where)s” asks for money, which only a script to ask for money may: reword it, or make one for that purpose."
    ),
    Problem.RECORDS_NOTHING: _("No answer of this script is recorded: it cannot be counted."),
    Problem.NO_REFUSAL: _(
        "No answer says “never contact again”: whoever hears it has to use the button for it."
    ),
}
_LACKING = {
    Lacking.NUMBER: _("a number at which we are reached"),
    Lacking.REGISTRATION: _("the registration with the National Do Not Call List"),
    Lacking.SUBSCRIPTION: _("a subscription to the National Do Not Call List that has not run out"),
    Lacking.FRESH_SCRUB: _("that our numbers were compared with that list within 31 days"),
}


def sentence(finding: Finding) -> str:
    """Return a finding as a sentence, in the active language."""
    return str(_PROBLEMS[finding.problem]) % {"where": finding.where}


def lacking_sentence(lacking: Lacking) -> str:
    """Return what is not on record as a sentence, in the active language."""
    return translate("Not on record yet: %(what)s.") % {"what": _LACKING[lacking]}
