"""The signatures of a decision over many are listed newest first, and undone in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0005_find_suspicions"),
        ("supporters", "0005_exports_and_troubled_mails"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="signature",
            name="signature_invalidated",
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("invalidation__isnull", False)),
                fields=["invalidation", "id"],
                name="signature_by_decision",
            ),
        ),
    ]
