"""The election, its hours by exception, rounds of reminders to vote, and what people answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0004_coalition"),
        ("pledges", "0010_recommendation_rounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VotingHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("newfoundland", "Newfoundland time"),
                            ("atlantic", "Atlantic time"),
                            ("eastern", "Eastern time"),
                            ("central", "Central time"),
                            ("saskatchewan", "Saskatchewan time"),
                            ("sk_summer", "Saskatchewan, while others have summer time"),
                            ("mountain", "Mountain time"),
                            ("pacific", "Pacific time"),
                        ],
                        max_length=12,
                        verbose_name="ridings",
                    ),
                ),
                (
                    "riding_number",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="An exception, such as a local time that the returning officer determined.",
                        null=True,
                        verbose_name="one riding (FED number)",
                    ),
                ),
                ("in_force_from", models.DateField(verbose_name="in force from")),
                ("opens_at", models.TimeField(verbose_name="polls open")),
                ("closes_at", models.TimeField(verbose_name="polls close")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "hours of voting",
                "verbose_name_plural": "hours of voting",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("band", "riding_number", "in_force_from"),
                        name="votinghours_once",
                        nulls_distinct=False,
                        violation_error_message="There are hours for these ridings from this day on already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "band__in",
                                    [
                                        "newfoundland",
                                        "atlantic",
                                        "eastern",
                                        "central",
                                        "saskatchewan",
                                        "sk_summer",
                                        "mountain",
                                        "pacific",
                                    ],
                                ),
                                ("riding_number__isnull", True),
                            ),
                            models.Q(("band", ""), ("riding_number__range", (10000, 99999))),
                            _connector="OR",
                        ),
                        name="votinghours_for_band_or_riding",
                        violation_error_message="Choose a group of ridings, or write the number of one riding.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                        name="votinghours_last",
                        violation_error_message="Polls open before they close.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VotingRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("polling_on", models.DateField(verbose_name="polling day")),
                (
                    "riding_number",
                    models.PositiveIntegerField(verbose_name="riding (FED number), 0: not known"),
                ),
                (
                    "reminder",
                    models.CharField(
                        choices=[
                            ("advance", "when advance polls open"),
                            ("eve", "the day before the election"),
                            ("day", "on the morning of the election"),
                        ],
                        max_length=8,
                        verbose_name="reminder",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("last_id", models.BigIntegerField(default=0, verbose_name="queued up to")),
                ("queued", models.PositiveIntegerField(default=0, verbose_name="mails")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "round of reminders to vote",
                "verbose_name_plural": "rounds of reminders to vote",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("polling_on", "riding_number", "reminder"), name="votinground_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminder__in", ["advance", "eve", "day"])),
                        name="votinground_reminder_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ElectionCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "moved_to",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the campaign's next election.",
                        null=True,
                        verbose_name="polling day",
                    ),
                ),
                (
                    "advance_first_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the 10th day before polling day, as the law has it.",
                        null=True,
                        verbose_name="first day of advance polls",
                    ),
                ),
                (
                    "advance_last_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the 7th day before polling day, as the law has it.",
                        null=True,
                        verbose_name="last day of advance polls",
                    ),
                ),
                (
                    "advance_hours_en",
                    models.CharField(
                        default="9 a.m. to 9 p.m.",
                        max_length=80,
                        verbose_name="hours of advance polls (English)",
                    ),
                ),
                (
                    "advance_hours_fr",
                    models.CharField(
                        default="de 9 h à 21 h", max_length=80, verbose_name="hours of advance polls (French)"
                    ),
                ),
                (
                    "where_url_en",
                    models.URLField(
                        default="https://www.elections.ca/content2.aspx?section=vot&dir=vote&document=index&lang=e",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="“Where do I vote?” (English)",
                    ),
                ),
                (
                    "where_url_fr",
                    models.URLField(
                        default="https://www.elections.ca/content2.aspx?section=vot&dir=vote&document=index&lang=f",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="“Where do I vote?” (French)",
                    ),
                ),
                (
                    "proof_url_en",
                    models.URLField(
                        default="https://www.elections.ca/content2.aspx?section=id&dir=id&document=index&lang=e",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="what to bring (English)",
                    ),
                ),
                (
                    "proof_url_fr",
                    models.URLField(
                        default="https://www.elections.ca/content2.aspx?section=id&dir=id&document=index&lang=f",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="what to bring (French)",
                    ),
                ),
                ("called_for", models.DateField(editable=False, null=True, verbose_name="confirmed for")),
                ("called_at", models.DateTimeField(editable=False, null=True, verbose_name="confirmed")),
                ("paused_at", models.DateTimeField(editable=False, null=True, verbose_name="paused")),
                (
                    "called_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaign.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "election",
                "verbose_name_plural": "elections",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("advance_first_on__isnull", True),
                            ("advance_last_on__isnull", True),
                            ("advance_first_on__lte", models.F("advance_last_on")),
                            _connector="OR",
                        ),
                        name="electioncalendar_advance_polls_last",
                        violation_error_message="The first day of advance polls comes before the last one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("where_url_en__startswith", "https://")),
                        name="electioncalendar_where_url_en_safe",
                        violation_error_message="The official page begins with https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("where_url_fr__startswith", "https://")),
                        name="electioncalendar_where_url_fr_safe",
                        violation_error_message="The official page begins with https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proof_url_en__startswith", "https://")),
                        name="electioncalendar_proof_url_en_safe",
                        violation_error_message="The official page begins with https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proof_url_fr__startswith", "https://")),
                        name="electioncalendar_proof_url_fr_safe",
                        violation_error_message="The official page begins with https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VotingReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("polling_on", models.DateField(verbose_name="polling day")),
                (
                    "riding_number",
                    models.PositiveIntegerField(verbose_name="riding (FED number), 0: not known"),
                ),
                ("voted_at", models.DateTimeField(null=True, verbose_name="told that they voted")),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="wants no more reminders")),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voting_replies",
                        to="pledges.pledge",
                        verbose_name="pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "“I voted”",
                "verbose_name_plural": "“I voted”",
                "indexes": [
                    models.Index(
                        condition=models.Q(("voted_at__isnull", False)),
                        fields=["polling_on", "riding_number"],
                        name="votingreply_voted",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("pledge", "polling_on"), name="votingreply_once")
                ],
            },
        ),
    ]
