"""Setting up presets, issues and what parties say on them."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from campaign.models import Party
from ridings.enums import Method
from ridings.models import Issue, PartyPosition, Preset


@transaction.atomic
def install_presets(*, active: Method) -> int:
    """Create a preset for every method that has none; `active` is used if none is active. Return how many."""
    created = 0
    for method in Method:
        _, is_new = Preset.objects.get_or_create(method=method)
        created += is_new
    if not Preset.objects.filter(is_active=True).exists():
        Preset.objects.filter(method=active).update(is_active=True)
    return created


@transaction.atomic
def install_positions(*, issues: Iterable[Mapping[str, str]], positions: Iterable[Mapping[str, str]]) -> int:
    """Create missing issues, and positions where an issue has none; return how many issues are new.

    Args:
        issues: columns of Issue as text.
        positions: columns of PartyPosition as text, with `issue` (slug) and `party` (code).
    """
    known = set(Issue.objects.values_list("slug", flat=True))
    new = [Issue(**row) for row in issues if row["slug"] not in known]
    Issue.objects.bulk_create(new)
    bare = dict(Issue.objects.filter(positions__isnull=True).values_list("slug", "pk"))
    parties = dict(Party.objects.values_list("code", "pk"))
    rows = [dict(row) for row in positions if row["issue"] in bare]
    PartyPosition.objects.bulk_create(
        [
            PartyPosition(issue_id=bare[row.pop("issue")], party_id=parties[row.pop("party")], **row)
            for row in rows
        ]
    )
    return len(new)
