"""Petitions by their address."""

from django.db.models import Q

from petitions.models import Petition


def petition_at(slug: str) -> Petition | None:
    """Return the published petition with this slug, of whichever language; the active one comes first."""
    found = list(
        Petition.objects.filter(Q(slug_en=slug) | Q(slug_fr=slug), is_published=True).order_by("pk")[:2]
    )
    found.sort(key=lambda petition: petition.slug != slug)
    return found[0] if found else None
