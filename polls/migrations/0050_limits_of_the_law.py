"""Figures of the law, dated, with those that hold outside of election periods to begin with."""

from django.db import migrations, models

# Source: Canada Elections Act, S.C. 2000, c. 9, sections 353(1) and 359, as in force since 13 June 2019; the limits of
# expenses only hold from 30 June of an election year and from the writ on, and change with inflation each time.
FIRST = {
    "valid_from": "2019-06-13",
    "counts_from": "2019-06-13",
    "reporting_cents": 20_000,
    "registration_cents": 50_000,
    "source": "Canada Elections Act, s. 353(1), 359; to be confirmed by counsel before each election",
}


def install(apps, _schema_editor):
    apps.get_model("polls", "LegalLimits").objects.create(**FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("polls", "0041_published_polls_are_locked"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalLimits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        help_text="E.g. the day of the writ, for the limits of an election period.",
                        unique=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "counts_from",
                    models.DateField(
                        help_text="Spending and gifts of this day and later count against these figures.",
                        verbose_name="counts from",
                    ),
                ),
                (
                    "reporting_cents",
                    models.PositiveIntegerField(
                        help_text="Whoever gives more than this in all is reported by name.",
                        verbose_name="reporting threshold (cents)",
                    ),
                ),
                (
                    "registration_cents",
                    models.PositiveIntegerField(
                        help_text="From this sum of regulated expenses on the campaign must be registered.",
                        verbose_name="registration threshold (cents)",
                    ),
                ),
                (
                    "riding_cents",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Regulated expenses in one riding; empty: none in this period. In 2019 it was $4,386.",
                        null=True,
                        verbose_name="limit per riding (cents)",
                    ),
                ),
                (
                    "national_cents",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="All regulated expenses; empty: none in this period. In 2019 it was $511,700.",
                        null=True,
                        verbose_name="national limit (cents)",
                    ),
                ),
                (
                    "largest_gift_cents",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="In all, in this period; empty: counsel sets none.",
                        null=True,
                        verbose_name="most that one person may give (cents)",
                    ),
                ),
                (
                    "return_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="What may not be used goes back within so many days.",
                        verbose_name="days to give back",
                    ),
                ),
                (
                    "registration_number",
                    models.CharField(
                        blank=True,
                        help_text="Of the registry of third parties.",
                        max_length=60,
                        verbose_name="our registration number",
                    ),
                ),
                (
                    "financial_agent",
                    models.CharField(blank=True, max_length=150, verbose_name="financial agent"),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where the figures stand, and who checked them.",
                        max_length=300,
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "limits of the law",
                "verbose_name_plural": "limits of the law",
                "permissions": [("export_disclosure", "Can take the disclosure report out")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("counts_from__lte", models.F("valid_from"))),
                        name="legallimits_counts_before",
                        violation_error_message="What counts begins at the latest on the day these figures are valid from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="legallimits_with_source"
                    ),
                ],
            },
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
