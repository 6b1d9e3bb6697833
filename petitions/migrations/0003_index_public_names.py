"""The newest names that may be shown are found at once, however few of millions may be."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_note_changes_of_counts")]

    operations = [
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("is_public", True), ("state", "confirmed")),
                fields=["petition", "id"],
                name="signature_public",
            ),
        ),
    ]
