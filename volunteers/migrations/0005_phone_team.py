import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("volunteers", "0004_walk_sheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalledNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("e164", models.CharField(max_length=16, verbose_name="phone")),
                ("called_on", models.DateField(help_text="By the voter’s clock.", verbose_name="called on")),
                ("riding_number", models.PositiveIntegerField(verbose_name="riding (FED number)")),
                ("kept_until", models.DateField(verbose_name="kept until")),
            ],
            options={
                "verbose_name": "number called",
                "verbose_name_plural": "numbers called",
            },
        ),
        migrations.CreateModel(
            name="RetryRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "talked"),
                            ("refused", "did not want to talk"),
                            ("dnc", "do not contact again"),
                            ("moved", "moved away"),
                            ("deceased", "has died"),
                            ("language", "another language is needed"),
                            ("call_back", "come back to them at another time"),
                            ("no_answer", "no answer"),
                            ("voicemail", "voicemail"),
                            ("busy", "busy"),
                            ("wrong", "wrong number"),
                            ("unknown", "not said: the call was given up"),
                        ],
                        max_length=9,
                        unique=True,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "end_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("exhausted", "tried as often as allowed"),
                            ("invalid", "wrong number"),
                            ("suppressed", "do not contact"),
                            ("held", "waits for an organizer"),
                        ],
                        help_text="Empty: is called again.",
                        max_length=10,
                        verbose_name="is then",
                    ),
                ),
                (
                    "retry_after_minutes",
                    models.PositiveIntegerField(default=0, verbose_name="called again after (minutes)"),
                ),
                ("other_daypart", models.BooleanField(default=False, verbose_name="at another time of day")),
                (
                    "most_attempts",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="most attempts"
                    ),
                ),
                ("counts", models.BooleanField(default=True, verbose_name="counts as an attempt")),
                (
                    "everywhere",
                    models.BooleanField(default=False, verbose_name="on every list with this number"),
                ),
                (
                    "rest_elsewhere_minutes",
                    models.PositiveIntegerField(default=0, verbose_name="rest on other lists (minutes)"),
                ),
                (
                    "again_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "talked"),
                            ("refused", "did not want to talk"),
                            ("dnc", "do not contact again"),
                            ("moved", "moved away"),
                            ("deceased", "has died"),
                            ("language", "another language is needed"),
                            ("call_back", "come back to them at another time"),
                            ("no_answer", "no answer"),
                            ("voicemail", "voicemail"),
                            ("busy", "busy"),
                            ("wrong", "wrong number"),
                            ("unknown", "not said: the call was given up"),
                        ],
                        max_length=9,
                        verbose_name="the second time in a row like",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule for the next call",
                "verbose_name_plural": "rules for the next call",
            },
        ),
        migrations.RemoveIndex(
            model_name="contact",
            name="contact_ready",
        ),
        migrations.AddField(
            model_name="contactlist",
            name="least_need",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "every riding, those in need first"),
                    (1, "swing ridings and emerging battlegrounds"),
                    (2, "swing ridings only"),
                ],
                default=2,
                verbose_name="called in",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "every riding, those in need first"),
                    (1, "swing ridings and emerging battlegrounds"),
                    (2, "swing ridings only"),
                ],
                default=0,
                verbose_name="priority",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("callback_at__isnull", True), ("state", "ready")),
                fields=["contact_list", "zone", "priority", "next_at", "id"],
                name="contact_ready",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("callback_at__isnull", False), ("state", "ready")),
                fields=["callback_at"],
                name="contact_promised",
            ),
        ),
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["expires_at"], name="lease_lapsing"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", [0, 1, 2])), name="contact_priority_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_need__in", [0, 1, 2])), name="contactlist_need_known"
            ),
        ),
        migrations.AddField(
            model_name="callednumber",
            name="script_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers_called",
                to="volunteers.scriptversion",
                verbose_name="version of a script",
            ),
        ),
        migrations.AddConstraint(
            model_name="retryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "answered",
                            "busy",
                            "call_back",
                            "deceased",
                            "dnc",
                            "language",
                            "moved",
                            "no_answer",
                            "refused",
                            "unknown",
                            "voicemail",
                            "wrong",
                        ],
                    )
                ),
                name="retryrule_outcome_of_a_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="retryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "dnc"), _negated=True), ("end_state", "suppressed"), _connector="OR"
                ),
                name="retryrule_refusal_is_final",
                violation_error_message="Whoever wants no contact is never called again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_state", ""), _negated=True),
                    ("retry_after_minutes__gte", 1),
                    _connector="OR",
                ),
                name="retryrule_not_at_once",
                violation_error_message="Say after how many minutes somebody is called again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_attempts__isnull", True), ("most_attempts__gte", 1), _connector="OR"
                ),
                name="retryrule_one_attempt_at_least",
                violation_error_message="At least one attempt is made.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("again_as", models.F("outcome")), _negated=True),
                name="retryrule_again_as_another",
                violation_error_message="Choose another outcome, or none.",
            ),
        ),
        migrations.AddIndex(
            model_name="callednumber",
            index=models.Index(fields=["called_on", "riding_number"], name="callednumber_by_day"),
        ),
        migrations.AddIndex(
            model_name="callednumber",
            index=models.Index(fields=["kept_until"], name="callednumber_by_end"),
        ),
        migrations.AddConstraint(
            model_name="callednumber",
            constraint=models.UniqueConstraint(
                fields=("e164", "called_on", "script_version"),
                name="callednumber_once_a_day",
                nulls_distinct=False,
            ),
        ),
    ]
