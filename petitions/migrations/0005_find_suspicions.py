"""Suspicions are found by what they are, not only by that there are any."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0004_bulk_work_searches_forgetting"),
        ("supporters", "0005_exports_and_troubled_mails"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="signature",
            name="signature_suspect",
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("suspicion", ""), _negated=True),
                fields=["suspicion", "id"],
                name="signature_by_suspicion",
            ),
        ),
    ]
