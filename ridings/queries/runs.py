"""The runs that coloured the map."""

from ridings.models import ClassificationRun


def last_run() -> ClassificationRun | None:
    """Return the latest run: its verdicts are the ones in force."""
    return (
        ClassificationRun.objects.select_related("boundary_set", "election").defer("document").order_by("-pk").first()
    )


def last_published_run() -> ClassificationRun | None:
    """Return the run whose colour document is the one in force."""
    return ClassificationRun.objects.filter(published_at__isnull=False).order_by("-published_at", "-pk").first()
