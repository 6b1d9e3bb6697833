"""Exports are noted; mails that did not arrive are found at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supporters", "0004_outage_and_time_of_sending"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=60, verbose_name="what")),
                ("choice", models.CharField(blank=True, max_length=500, verbose_name="which rows")),
                ("kind", models.CharField(max_length=4, verbose_name="kind of file")),
                ("row_count", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("created_at", models.DateTimeField(verbose_name="begun")),
                ("done_at", models.DateTimeField(null=True, verbose_name="sent")),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
            },
        ),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                condition=models.Q(("state__in", ["failed", "suppressed"])),
                fields=["id"],
                name="outgoingmessage_troubled",
            ),
        ),
        migrations.AddField(
            model_name="exportlog",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken by",
            ),
        ),
    ]
