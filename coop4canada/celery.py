"""The Celery app and its timetable."""

import os

from celery import Celery
from celery.schedules import crontab
from kombu.transport.redis import Channel

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop4canada.settings")

# A job is a wake-up for a row, so none needs to be put back by hand. Where Redis vanishes while a job is running, kombu
# 5.7 trips over putting it back ('NoneType' object has no attribute 'hostname') and the worker ends.
Channel.do_restore = False

app = Celery("coop4canada")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "look after turfs": {
        "task": "volunteers.tasks.look_after_turfs",
        "schedule": 600.0,
        "options": {"expires": 600.0},
    },
    "find doors in other ridings": {
        "task": "volunteers.tasks.find_moved_doors",
        "schedule": crontab(hour=9, minute=30),
        "options": {"expires": 3600.0},
    },
    "sweep recompute requests": {
        "task": "ridings.tasks.sweep_recompute_requests",
        "schedule": 15.0,
        "options": {"expires": 15.0},  # after an outage one sweep is as good as many
    },
    "deliver due messages": {
        "task": "supporters.tasks.deliver_due_messages",
        "schedule": 2.0,
        "options": {"expires": 2.0},
    },
    "purge used proofs": {
        "task": "supporters.tasks.purge_used_proofs",
        "schedule": crontab(minute="7"),
        "options": {"expires": 3600.0},
    },
    "forget sessions": {
        "task": "supporters.tasks.forget_sessions",
        "schedule": crontab(minute="17"),
        "options": {"expires": 3600.0},
    },
    "purge old mails": {
        "task": "supporters.tasks.purge_old_mails",
        "schedule": crontab(hour="8", minute="20"),
        "options": {"expires": 3600.0},
    },
    "empty old circumstances": {
        "task": "supporters.tasks.empty_old_circumstances",
        "schedule": crontab(hour="8", minute="40"),
        "options": {"expires": 3600.0},
    },
    "forget unconfirmed people": {
        "task": "supporters.tasks.forget_unconfirmed",
        "schedule": crontab(hour="9", minute="0"),
        "options": {"expires": 3600.0},
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
    "queue reminders of party votes": {
        "task": "pledges.tasks.queue_reminders",
        "schedule": 300.0,
        "options": {"expires": 300.0},
    },
    "queue reminders to vote": {
        "task": "pledges.tasks.queue_vote_reminders",
        "schedule": 120.0,
        "options": {"expires": 120.0},
    },
    "purge what was keyed in from paper": {
        "task": "pledges.tasks.purge_paper",
        "schedule": crontab(hour=9, minute=40),
        "options": {"expires": 3600.0},
    },
    "count who joined a party": {
        "task": "pledges.tasks.count_reports",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "count pledges": {
        "task": "pledges.tasks.count_pledges",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "recount pledges": {
        "task": "pledges.tasks.recount_pledges",
        "schedule": crontab(hour=8, minute=15),
    },
    "forget old pledges": {
        "task": "pledges.tasks.forget_old_pledges",
        "schedule": crontab(hour=9, minute=15),
    },
    "run recommendation rounds": {
        "task": "pledges.tasks.run_rounds",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "queue reminders of shifts": {
        "task": "volunteers.tasks.queue_shift_reminders",
        "schedule": 120.0,
        "options": {"expires": 120.0},
    },
    "end lapsed calls": {
        "task": "volunteers.tasks.sweep_leases",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "start the clock of the Voter Contact Registry": {
        "task": "volunteers.tasks.sweep_registry",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "order people to call": {
        "task": "volunteers.tasks.refresh_priorities",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "purge numbers called": {
        "task": "volunteers.tasks.purge_called_numbers",
        "schedule": crontab(hour=9, minute=50),
        "options": {"expires": 3600.0},
    },
    "queue mails about polls": {
        "task": "polls.tasks.queue_poll_mails",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "work through bulk": {
        "task": "petitions.tasks.work_through_bulk",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "import contacts": {
        "task": "volunteers.tasks.run_imports",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "forget files of contacts": {
        "task": "volunteers.tasks.forget_uploads",
        "schedule": crontab(minute="27"),
        "options": {"expires": 3600.0},
    },
    "purge contact lists": {
        "task": "volunteers.tasks.purge_lists",
        "schedule": crontab(hour=9, minute=30),
        "options": {"expires": 3600.0},
    },
    "watch trends": {
        "task": "petitions.tasks.watch_trends",
        "schedule": crontab(minute=2),
    },
    "forget what is old of the campaign": {
        "task": "campaign.tasks.forget_what_is_old",
        "schedule": crontab(hour=9, minute=20),
    },
    "forget what is old": {
        "task": "petitions.tasks.forget_what_is_old",
        "schedule": crontab(hour=9, minute=10),
    },
    "look after poll projects": {
        "task": "polls.tasks.look_after_projects",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "follow notices of payment providers": {
        "task": "polls.tasks.follow_events",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "charge saved cards": {
        "task": "polls.tasks.send_charges",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "send refunds": {
        "task": "polls.tasks.send_refunds",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "forget saved cards": {
        "task": "polls.tasks.forget_cards",
        "schedule": 300.0,
        "options": {"expires": 300.0},
    },
    "compare gifts with the provider": {
        "task": "polls.tasks.reconcile_gifts",
        "schedule": crontab(minute=35),
        "options": {"expires": 3000.0},
    },
    "forget gifts that were never paid": {
        "task": "polls.tasks.forget_lapsed_gifts",
        "schedule": crontab(hour=9, minute=40),
        "options": {"expires": 3600.0},
    },
}
