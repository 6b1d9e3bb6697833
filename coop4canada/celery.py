"""The Celery app and its timetable."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop4canada.settings")

app = Celery("coop4canada")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep recompute requests": {
        "task": "ridings.tasks.sweep_recompute_requests",
        "schedule": 15.0,
        "options": {"expires": 15.0},  # after an outage one sweep is as good as many
    },
    "count signatures": {
        "task": "petitions.tasks.count_signatures",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "recount signatures": {
        "task": "petitions.tasks.recount_signatures",
        "schedule": crontab(hour=8, minute=10),  # UTC: the small hours from coast to coast
    },
}
