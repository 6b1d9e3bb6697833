"""The sender of mails has a name in French too, at first the English one."""

from django.db import migrations, models
from django.db.models import F


def say_the_same_in_french(apps, _schema_editor):
    apps.get_model("campaign", "Campaign").objects.update(organization_fr=F("organization_en"))


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0002_sender_share_texts_alerts"),
    ]

    operations = [
        migrations.RenameField("campaign", "organization", "organization_en"),
        migrations.AlterField(
            model_name="campaign",
            name="organization_en",
            field=models.CharField(
                default="",
                help_text="Who sends the mails and asks for consent, under the name it does business by.",
                max_length=120,
                verbose_name="organization (English)",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="organization_fr",
            field=models.CharField(default="", max_length=120, verbose_name="organization (French)"),
        ),
        migrations.RunPython(say_the_same_in_french, migrations.RunPython.noop),
    ]
