"""Petitions do not take the addresses of mailed links."""

from django.db import migrations, models

import petitions.models.petition


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0006_find_signatures_of_a_decision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="petition",
            name="slug_en",
            field=models.SlugField(
                max_length=80,
                unique=True,
                validators=[petitions.models.petition.refuse_reserved],
                verbose_name="address (English)",
            ),
        ),
        migrations.AlterField(
            model_name="petition",
            name="slug_fr",
            field=models.SlugField(
                max_length=80,
                unique=True,
                validators=[petitions.models.petition.refuse_reserved],
                verbose_name="address (French)",
            ),
        ),
    ]
