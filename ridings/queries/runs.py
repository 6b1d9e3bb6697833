"""The runs that coloured the map."""

from django.db.models import QuerySet

from ridings.models import BoundarySet, ClassificationRun


def last_run() -> ClassificationRun | None:
    """Return the latest run."""
    return _light().first()


def last_run_on(boundary_set: BoundarySet) -> ClassificationRun | None:
    """Return the latest run over a boundary set: its verdicts are the ones in force there."""
    return _light().filter(boundary_set=boundary_set).first()


def last_published_run() -> ClassificationRun | None:
    """Return the run whose colour document is the one in force."""
    return (
        ClassificationRun.objects.filter(published_at__isnull=False).order_by("-published_at", "-pk").first()
    )


def _light() -> QuerySet[ClassificationRun]:
    return (
        ClassificationRun.objects.select_related("boundary_set", "election").defer("document").order_by("-pk")
    )
