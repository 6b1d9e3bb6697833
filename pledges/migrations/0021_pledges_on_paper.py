"""Sheets and lines keyed in from paper."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0004_coalition"),
        ("pledges", "0020_election_and_reminders_to_vote"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("riding_number", models.PositiveIntegerField(verbose_name="riding (FED number)")),
                ("code", models.CharField(max_length=12, verbose_name="sheet code")),
                ("created_at", models.DateTimeField(verbose_name="first keyed in")),
            ],
            options={
                "verbose_name": "sheet",
                "verbose_name_plural": "sheets",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("riding_number", "code"),
                        name="papersheet_once",
                        violation_error_message="This sheet is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("riding_number__range", (10000, 99999))),
                        name="papersheet_riding_five_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="line")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=100)),
                ("postal_code", models.CharField(blank=True, max_length=6, verbose_name="postal code")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("email_key", models.CharField(blank=True, editable=False, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="phone")),
                (
                    "voter_status",
                    models.CharField(
                        choices=[
                            ("voter", "can vote"),
                            ("young", "not yet: under 18 on polling day"),
                            ("newcomer", "not yet: not a Canadian citizen"),
                        ],
                        default="voter",
                        max_length=8,
                        verbose_name="voting",
                    ),
                ),
                (
                    "wordings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveBigIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="boxes ticked (wordings)",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("flags", models.CharField(blank=True, max_length=40, verbose_name="to look at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for review"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("keyed_at", models.DateTimeField(verbose_name="keyed in")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "keyed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="keyed in by",
                    ),
                ),
                (
                    "pledge",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="paper_line",
                        to="pledges.pledge",
                        verbose_name="pledge",
                    ),
                ),
                (
                    "preference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="campaign.party",
                        verbose_name="first preference",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="pledges.papersheet",
                        verbose_name="sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "line on paper",
                "verbose_name_plural": "lines on paper",
                "indexes": [
                    models.Index(fields=["state", "id"], name="paperline_by_state"),
                    models.Index(
                        condition=models.Q(("email_key", ""), _negated=True),
                        fields=["email_key"],
                        name="paperline_by_email",
                    ),
                    models.Index(fields=["postal_code", "name_key"], name="paperline_by_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "number"),
                        name="paperline_once",
                        violation_error_message="This line of the sheet is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted", "refused"])),
                        name="paperline_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"), ("reviewed_at__isnull", False), _connector="OR"
                        ),
                        name="paperline_decided_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voter_status__in", ["voter", "young", "newcomer"])),
                        name="paperline_voter_status_known",
                    ),
                ],
            },
        ),
    ]
