"""Organizers work on many signatures at once, find them among millions, and are told of floods."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


def install_thresholds(apps, _schema_editor):
    rows = apps.get_model("petitions", "TrendingThreshold").objects
    for kind, most in (("network", 100), ("wide", 300), ("domain", 200)):
        rows.create(kind=kind, most_per_hour=most)


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0003_index_public_names"),
        ("supporters", "0003_consent_is_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Resend",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="Of the preview: confirmed twice, done once.",
                        max_length=32,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="requested")),
                (
                    "last_signature_id",
                    models.BigIntegerField(
                        help_text="Later ones are left alone, so that the preview holds.",
                        verbose_name="signatures up to",
                    ),
                ),
                ("expected_count", models.PositiveIntegerField(verbose_name="signatures in the preview")),
                ("reached_id", models.BigIntegerField(default=0, verbose_name="reached")),
                ("changed_count", models.PositiveIntegerField(default=0, verbose_name="done so far")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
            ],
            options={
                "verbose_name": "reminder to confirm",
                "verbose_name_plural": "reminders to confirm",
            },
        ),
        migrations.CreateModel(
            name="TrendingThreshold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("network", "one internet address (IPv6: its /64)"),
                            ("wide", "its neighbourhood (IPv4 /24, IPv6 /48)"),
                            ("domain", "one mail domain, unless it is well known or allowed"),
                        ],
                        max_length=7,
                        unique=True,
                        verbose_name="counted by",
                    ),
                ),
                ("most_per_hour", models.PositiveIntegerField(verbose_name="signatures in an hour, at most")),
            ],
            options={
                "verbose_name": "threshold of alerts",
                "verbose_name_plural": "thresholds of alerts",
            },
        ),
        migrations.AlterModelOptions(
            name="invalidation",
            options={"verbose_name": "bulk decision", "verbose_name_plural": "bulk decisions"},
        ),
        migrations.AlterModelOptions(
            name="signature",
            options={
                "permissions": [("export_signature", "Can export signatures")],
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
            },
        ),
        migrations.AddField(
            model_name="invalidation",
            name="changed_count",
            field=models.PositiveIntegerField(default=0, verbose_name="done so far"),
        ),
        migrations.AddField(
            model_name="invalidation",
            name="key",
            field=models.CharField(
                default="former",
                help_text="Of the preview: confirmed twice, done once.",
                max_length=32,
                unique=True,
                verbose_name="key",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="invalidation",
            name="reached_id",
            field=models.BigIntegerField(default=0, verbose_name="reached"),
        ),
        migrations.AddField(
            model_name="invalidation",
            name="target",
            field=models.CharField(
                choices=[
                    ("invalid", "invalid: do not count them"),
                    ("held", "hold them for review"),
                    ("confirmed", "accept those held whose owner has confirmed"),
                ],
                default="invalid",
                max_length=9,
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
            model_name="invalidation",
            name="undo_at",
            field=models.DateTimeField(null=True, verbose_name="undoing asked for"),
        ),
        migrations.AddField(
            model_name="petition",
            name="delivered_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Half a year after this and after closing, names under the petition are forgotten.",
                null=True,
                verbose_name="letter delivered",
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="forgotten_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="names forgotten"),
        ),
        migrations.AlterField(
            model_name="signature",
            name="invalidation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="petitions.invalidation",
                verbose_name="bulk decision",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(fields=["email_domain", "id"], name="signature_by_domain"),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.NullIf("origin", models.Value("")),
                    models.GenericIPAddressField(),
                ),
                condition=models.Q(("origin", ""), _negated=True),
                name="signature_by_network",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("origin", ""), _negated=True),
                fields=["created_at"],
                name="signature_origin_age",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(condition=models.Q(("state", "held")), fields=["id"], name="signature_held"),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("suspicion", ""), _negated=True), fields=["id"], name="signature_suspect"
            ),
        ),
        migrations.AddField(
            model_name="resend",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="petitions.petition", verbose_name="petition"
            ),
        ),
        migrations.AddField(
            model_name="resend",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="requested by",
            ),
        ),
        migrations.AddConstraint(
            model_name="trendingthreshold",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_per_hour__gte", 1)),
                name="trendingthreshold_positive",
                violation_error_message="A threshold is at least one signature.",
            ),
        ),
        migrations.RunPython(install_thresholds, migrations.RunPython.noop),
    ]
