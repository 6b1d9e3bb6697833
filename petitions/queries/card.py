"""The picture of a petition with its current count."""

from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from campaign.models import active_language
from campaign.queries import active_campaign
from coop4canada.kit.memory import ShortMemory
from petitions.card import Card, draw
from petitions.models import Petition
from petitions.queries.counts import public_count

# Drawing takes a fiftieth of a second: often enough once a minute.
_memory: ShortMemory[bytes] = ShortMemory(timedelta(minutes=1), most=50)


def card_of(petition: Petition, now: datetime) -> bytes:
    """Return the picture as PNG, in the active language, at most a minute old."""
    return _memory.recall((petition.pk, active_language()), lambda: draw(_card(petition)), now=now)


def _card(petition: Petition) -> Card:
    count, campaign = public_count(petition), active_campaign()
    goal = number_format(count.goal, force_grouping=True)
    return Card(
        name=campaign.name if campaign else "coop4canada",
        title=petition.title,
        number=number_format(count.number, force_grouping=True),
        of_goal=_("of %(goal)s signatures") % {"goal": goal},
        share=count.share,
        authorization=campaign.authorization_line if campaign else "",
    )
