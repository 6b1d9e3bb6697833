"""The table that organizers or a pollster fill in with a poll’s readings."""

from collections.abc import Iterator

from campaign.queries import parties_by_code
from polls.enums import Answer, Basis
from polls.models import Poll
from polls.rules.readings import NOT_DECIDED
from polls.rules.readings_table import COLUMNS, IN_PERCENT


def template_rows(poll: Poll) -> Iterator[list[str]]:
    """Yield the header and a row for every answer to every question, on two bases; shares and people are left open."""
    yield [IN_PERCENT if column == "share" else column for column in COLUMNS]
    answers = [*parties_by_code(), *Answer.values]
    for place in poll.questions.order_by("place").values_list("place", flat=True):
        for basis in (Basis.ALL, Basis.LEANING):
            for answer in answers:
                if basis == Basis.ALL or answer not in NOT_DECIDED:
                    yield [str(place), basis.value, "", answer, "", ""]
