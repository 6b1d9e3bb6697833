"""Mails to those who gave: their poll is funded, in the field, or does not come."""

from datetime import datetime

from coop4canada.kit.senders import Letter
from coop4canada.kit.signing import seal
from polls.enums import GIFT, ContributionState, ProjectState
from polls.models import Contribution, PollProject
from polls.rules.contribution_states import HELD, PROMISED
from supporters.rules.email import BadAddress, read_address
from supporters.rules.person_name import given_name
from supporters.services import Draft, queue_message
from supporters.services.outbox import PRIORITY_BULK, queue_letter

KINDS = {
    ProjectState.FUNDED: "polls/project_funded",
    ProjectState.IN_FIELD: "polls/project_in_field",
    ProjectState.FAILED: "polls/project_failed",
}
# Nothing to tell to who never finished giving, or has everything back.
TOLD = [*HELD, *PROMISED]


def mail_givers(*, project: PollProject, now: datetime) -> None:
    """Queue the mail about the state a project is in now to everybody who gave for it; silent for other states."""
    kind = KINDS.get(ProjectState(project.state))
    if kind is None:
        return
    gifts = Contribution.objects.filter(project=project, state__in=TOLD).exclude(email="")
    for gift in gifts.select_related("supporter").order_by("pk"):
        _mail(kind, gift, project, now)


def _mail(kind: str, gift: Contribution, project: PollProject, now: datetime) -> None:
    # A poll that goes into the field anew after a correction is no news to who heard of it.
    key = f"{kind}:{project.pk}:{gift.pk}"
    context = {
        "name": given_name(gift.name),
        "riding_en": project.riding.name_en,
        "riding_fr": project.riding.name_fr,
        "project": project.pk,
        "pollster": project.pollster,
        "leftover": gift.leftover,
        "is_here": gift.state not in PROMISED,
        "is_declined": gift.state == ContributionState.FAILING,
        "gift_token": seal(GIFT, gift.pk),
    }
    if gift.supporter is not None:
        draft = Draft(kind=kind, key=key, supporter=gift.supporter, context=context, priority=PRIORITY_BULK)
        queue_message(draft=draft, now=now)
        return
    try:
        address = read_address(gift.email)
    except BadAddress:
        return  # typed by an organizer from a cheque; the cheque counts all the same
    queue_letter(letter=Letter(kind, key, address, gift.language, context), now=now)
