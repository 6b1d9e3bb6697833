"""The project: settings, addresses, background jobs and the pages that show several apps."""

from coop4canada.celery import app as celery_app

__all__ = ["celery_app"]
