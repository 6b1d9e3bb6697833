"""How many pledged, and one pledge for its owner."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.enums import PartyRole, ShareTopic
from campaign.models import Party
from campaign.queries import ShareBox, share_box
from coop4canada.kit import clock
from coop4canada.kit.memory import ShortMemory
from coop4canada.kit.panels import Panel, panels_for
from coop4canada.kit.signing import read_short_code
from coop4canada.templatetags.formats import count as written
from coop4canada.templatetags.formats import full_address
from pledges.enums import REFERRAL, UNKNOWN_RIDING, VoterStatus
from pledges.models import Pledge, PledgeTally
from pledges.rules.milestones import Meaning, Milestone, country_milestones, next_milestone, riding_milestones
from ridings.models import Riding
from ridings.queries.codes import live_ridings, ridings_of_code
from ridings.queries.margins import Margin, last_margins
from ridings.rules.postal_code import spaced
from supporters.enums import EntryState, Purpose
from supporters.models import ConsentWording, Supporter
from supporters.queries.places import riding_name
from supporters.queries.wordings import current_wordings
from supporters.rules.person_name import given_name

# As often as pledges are counted; home and riding pages ask this all the time.
FEWEST_PREFERENCES = 20
PLEDGE_STEP = "pledges/_pledge_step.html"
_country: "ShortMemory[PledgeCount]" = ShortMemory(timedelta(seconds=5))


@dataclass(frozen=True)
class PledgeCount:
    """How many pledged: those who can vote, and those who cannot yet; and the milestone to come."""

    voters: int
    others: int
    milestone: Milestone | None

    @property
    def total(self) -> int:
        """Everybody who pledged."""
        return self.voters + self.others

    @property
    def percent(self) -> str:
        """How much of the way to the milestone is done, 0–100, as SVG takes it."""
        share = self.total / self.milestone.number if self.milestone else 1.0
        return f"{share * 100:.2f}"


@dataclass(frozen=True)
class RidingPledges:
    """How many pledged in a riding, compared with the votes that decided it; `margin` None where nobody ran second."""

    count: PledgeCount
    margin: Margin | None

    @property
    def percent(self) -> str:
        """The voters who pledged as a part of the margin, 0–100, as SVG takes it."""
        if self.margin is None or self.margin.votes == 0:
            return "100.00"
        return f"{min(self.count.voters / self.margin.votes, 1.0) * 100:.2f}"

    @property
    def milestone_text(self) -> str:
        """How many voters are missing to the next milestone and what it stands for; empty once all are reached."""
        milestone = self.count.milestone
        if milestone is None:
            return ""
        sentences = {
            Meaning.MARGIN: _("%(missing)s more, and as many have pledged as votes decided it."),
            Meaning.POLL_OPENS: _("%(missing)s more, and the crowdfunding of a local poll can open here."),
            Meaning.ROUND: _("%(missing)s more to the next stop: %(number)s."),
        }
        values = {
            "missing": written(milestone.number - self.count.voters),
            "number": written(milestone.number),
        }
        return sentences[milestone.meaning] % values

    @property
    def covers_margin(self) -> bool:
        """As many voters pledged as votes decided the riding."""
        return self.margin is not None and self.count.voters >= self.margin.votes


@dataclass(frozen=True)
class OwnPledge:
    """A pledge whose owner is reading, and the ridings among which they may choose."""

    pledge: Pledge
    riding: Riding | None
    choices: tuple[Riding, ...]

    @property
    def given_name(self) -> str:
        """The name to greet its owner by; empty if they never told one."""
        return given_name(self.pledge.supporter.name) if self.pledge.supporter else ""

    @property
    def postal_code(self) -> str:
        """The postal code as it is written."""
        return spaced(self.pledge.postal_code)

    @property
    def asks_for_riding(self) -> bool:
        """The postal code reaches into several ridings and nobody has said which one it is."""
        return self.riding is None and bool(self.choices)

    @property
    def is_withdrawn(self) -> bool:
        """Its owner took it back."""
        return self.pledge.state == EntryState.WITHDRAWN


@dataclass(frozen=True)
class KnownPledger:
    """Somebody whose browser we know: by what name to greet them, where they live, whether they have pledged."""

    given_name: str
    riding_name: str
    has_pledged: bool


@dataclass(frozen=True)
class PledgeBox:
    """What stands beside the form's boxes: the words by which consent is asked."""

    wordings: tuple[ConsentWording, ...]

    @property
    def news(self) -> tuple[ConsentWording, ...]:
        """The words about this campaign's news, the one consent that this form asks for."""
        return tuple(wording for wording in self.wordings if wording.purpose == Purpose.NEWS)


def cooperating_parties() -> tuple[Party, ...]:
    """Return the parties that one may name as a first preference, in display order."""
    parties = Party.objects.filter(role=PartyRole.COOPERATING)
    return tuple(parties.order_by("display_order", "code"))


def country_count() -> PledgeCount:
    """Return how many pledged in the country: a sum over a few hundred rows, however many pledged."""
    return _country.recall("country", _count_country, now=clock.now())


def _count_country() -> PledgeCount:
    sums = PledgeTally.objects.aggregate(voters=Sum("voters"), others=Sum("others"))
    voters, others = max(sums["voters"] or 0, 0), max(sums["others"] or 0, 0)
    return PledgeCount(voters, others, next_milestone(country_milestones(), voters + others))


def riding_pledges(number: int, margin: Margin | None) -> RidingPledges:
    """Return how many pledged in a riding: one row by its key."""
    tally = PledgeTally.objects.filter(riding_number=number).first()
    voters, others = (tally.voters, tally.others) if tally else (0, 0)
    milestones = riding_milestones(margin.votes if margin else None)
    return RidingPledges(PledgeCount(voters, others, next_milestone(milestones, voters)), margin)


def pledge_facts() -> dict[str, Any]:
    """Return what the public is told of pledges, in all and by riding."""
    count = country_count()
    rows = PledgeTally.objects.exclude(riding_number=UNKNOWN_RIDING).order_by("riding_number")
    return {
        "total": count.total,
        "voters": count.voters,
        "others": count.others,
        "next_milestone": count.milestone.number if count.milestone else None,
        "ridings": [
            {"riding": row.riding_number, "voters": row.voters, "others": row.others}
            for row in rows
            if row.voters > 0 or row.others > 0
        ],
    }


def own_pledge(pledge_id: int) -> OwnPledge | None:
    """Return a pledge; None if it is gone, or its owner was erased."""
    pledge = Pledge.objects.select_related("supporter").filter(pk=pledge_id, supporter__isnull=False).first()
    if pledge is None:
        return None
    numbers = [place.number for place in ridings_of_code(pledge.postal_code)]
    ridings = live_ridings({*numbers, pledge.riding_number or 0})
    choices = tuple(ridings[number] for number in numbers) if len(numbers) > 1 else ()
    return OwnPledge(pledge, ridings.get(pledge.riding_number or 0), choices)


def known_pledger(supporter_id: int | None) -> KnownPledger | None:
    """Return who a browser belongs to, if they have ever answered from their address."""
    if supporter_id is None:
        return None
    people = Supporter.objects.filter(pk=supporter_id, email_confirmed_at__isnull=False)
    person = people.select_related("pledge").first()
    if person is None:
        return None
    pledge = getattr(person, "pledge", None)
    has_pledged = pledge is not None and not pledge.is_waiting and pledge.state != EntryState.WITHDRAWN
    return KnownPledger(given_name(person.name), riding_name(person.riding_number), has_pledged)


def brought_by(pledge: Pledge) -> int:
    """Return how many confirmed pledges came by the link of this one."""
    return Pledge.objects.filter(referred_by=pledge.pk, state=EntryState.CONFIRMED).count()


def own_riding_pledges(own: OwnPledge) -> RidingPledges | None:
    """Return how many pledged where the owner of a pledge lives, themselves at least; None if their riding is not known."""
    if own.riding is None:
        return None
    local = riding_pledges(own.riding.number, last_margins([own.riding.number]).get(own.riding.number))
    is_voter = own.pledge.voter_status == VoterStatus.VOTER
    # The last counting may not hold the pledge that was confirmed just now.
    mine = replace(
        local.count,
        voters=max(local.count.voters, int(is_voter)),
        others=max(local.count.others, int(not is_voter)),
    )
    return replace(local, count=mine)


def told_preferences(riding_number: int) -> list[tuple[str, int]]:
    """Return the first preferences of a riding's confirmed pledgers as (party, how many), most first.

    Nothing unless so many told theirs that nobody can be made out.
    """
    told = Pledge.objects.filter(riding_number=riding_number or None, state=EntryState.CONFIRMED)
    rows = told.exclude(preference=None).values_list("preference__short_en").annotate(count=Count("pk"))
    counts = sorted(rows.order_by(), key=lambda row: (-row[1], row[0]))
    return counts if sum(count for _party, count in counts) >= FEWEST_PREFERENCES else []


def pledge_box() -> PledgeBox:
    """Return what stands beside the form's boxes."""
    return PledgeBox(tuple(current_wordings()))


def pledge_share(path: str | None = None) -> ShareBox:
    """Return what is passed on about the pledge, with a link to a path of ours: by default to the pledge itself."""
    return share_box(
        ShareTopic.PLEDGE,
        title=_("I pledged to vote together"),
        count=written(country_count().total),
        link=full_address(path or reverse("pledge:page")),
    )


def steps_after_pledging(postal_code: str = "", *, riding_number: int | None = None) -> list[Panel]:
    """Return what one may do next, but for pledging."""
    if postal_code and riding_number is None:
        ridings = ridings_of_code(postal_code)
        riding_number = ridings[0].number if len(ridings) == 1 else None
    steps = panels_for("next_steps", riding_number=riding_number)
    return [step for step in steps if step.template != PLEDGE_STEP]


def genuine_code(code: str) -> str:
    """Return the code of a friend's link if it is one of ours, else nothing; who the friend is stays private."""
    return code if read_short_code(REFERRAL, code) is not None else ""
