"""What the public can read of a candidate."""

from django.db.models import Q

from volunteers.enums import InterviewState, StanceTopic
from volunteers.models import Candidacy, Stance
from volunteers.rules.candidacy import Evidence

PUBLIC = Q(interview__isnull=True) | Q(interview__state=InterviewState.PUBLISHED)


def evidence_of(candidacy: Candidacy) -> Evidence:
    """Return what is published about a candidate."""
    topics = set(Stance.objects.filter(PUBLIC, candidacy=candidacy).values_list("topic", flat=True))
    return Evidence(
        has_interview=candidacy.interviews.filter(state=InterviewState.PUBLISHED).exists(),
        has_both_stances=topics == set(StanceTopic.values),
    )
