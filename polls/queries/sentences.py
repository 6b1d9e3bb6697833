"""What is wrong with a poll, in sentences of the active language."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coop4canada.templatetags.formats import percent
from polls.enums import Answer, Basis, ReadingProblem
from polls.rules.publication import Missing
from polls.rules.readings import Finding
from polls.rules.readings_table import LineProblem


def words_of_missing(missing: Missing) -> str:
    """Say which fact is missing, and of which question."""
    if missing.question is None:
        return str(missing.fact.label)
    return _("%(fact)s (question %(number)s)") % {"fact": missing.fact.label, "number": missing.question}


def words_of_line(problem: LineProblem) -> str:
    """Say what is wrong in a line of a table, and what stands there."""
    said = {"line": problem.line, "problem": problem.problem.label, "value": problem.value}
    if problem.value:
        return _("Line %(line)s: %(problem)s (“%(value)s”).") % said
    return _("Line %(line)s: %(problem)s.") % said


def words_of_finding(finding: Finding) -> str:
    """Say what is wrong with readings, and where."""
    values = dict(finding.values)
    text = str(finding.problem.label)
    if "question" not in values:
        return _frame_sentence(finding, text)
    place = [_("question %(number)s") % {"number": values["question"]}]
    if "basis" in values:
        place.append(str(Basis(str(values["basis"])).label))
    if values.get("group") or values.get("dimension"):
        place.append(str(values.get("group") or values["dimension"]))
    if "answer" in values:
        place.append(_answer(str(values["answer"])))
    figures = _figures(finding.problem, values)
    return f"{text} ({', '.join(place)}){': ' + figures if figures else ''}."


def _answer(answer: str) -> str:
    return str(Answer(answer).label) if answer in Answer.values else answer


def _figures(problem: ReadingProblem, values: Mapping[str, str | int | float]) -> str:
    if problem == ReadingProblem.SUM:
        return percent(float(values["total"]), 2)
    if problem == ReadingProblem.SHARE_RANGE:
        return percent(float(values["share"]), 2)
    pairs = {
        ReadingProblem.BASE_ABOVE_SAMPLE: ("base", "size"),
        ReadingProblem.BASES_OUT_OF_ORDER: ("fewer", "more"),
        ReadingProblem.GROUPS_DO_NOT_ADD_UP: ("total", "whole"),
    }
    if problem not in pairs:
        return ""
    first, second = (number_format(values[name], use_l10n=True) for name in pairs[problem])
    return _("%(first)s against %(second)s") % {"first": first, "second": second}


def _frame_sentence(finding: Finding, text: str) -> str:
    values = finding.values
    if finding.problem == ReadingProblem.MARGIN_DIFFERS:
        stated, computed = (percent(float(values[name]), 1) for name in ("stated", "computed"))
        return _("%(problem)s: the firm says ±%(stated)s, the sample gives ±%(computed)s.") % {
            "problem": text,
            "stated": stated,
            "computed": computed,
        }
    return f"{text}."
