"""The rules for the next call that organizers start from; `volunteers.rules.retries.DEFAULTS` is their twin."""

from django.db import migrations

DAY = 24 * 60
RULES = [
    {"outcome": "answered", "end_state": "done", "rest_elsewhere_minutes": 7 * DAY},
    {"outcome": "refused", "end_state": "done", "everywhere": True},
    {"outcome": "dnc", "end_state": "suppressed", "everywhere": True},
    {"outcome": "moved", "end_state": "done"},
    {"outcome": "deceased", "end_state": "invalid", "everywhere": True},
    {"outcome": "language", "retry_after_minutes": 60, "counts": False},
    {"outcome": "call_back", "retry_after_minutes": DAY, "counts": False},
    {"outcome": "no_answer", "retry_after_minutes": DAY, "other_daypart": True, "most_attempts": 4},
    {"outcome": "voicemail", "retry_after_minutes": 2 * DAY, "most_attempts": 4},
    {"outcome": "busy", "retry_after_minutes": 30, "most_attempts": 4, "again_as": "no_answer"},
    {"outcome": "wrong", "end_state": "invalid", "everywhere": True},
    {"outcome": "unknown", "retry_after_minutes": 60, "most_attempts": 4},
]


def install(apps, _schema_editor):
    rule = apps.get_model("volunteers", "RetryRule")
    for row in RULES:
        rule.objects.get_or_create(outcome=row["outcome"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0005_phone_team")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
