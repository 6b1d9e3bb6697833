"""What the law allows, as dated rows that organizers keep up to date.

There is no figure for gifts without a name: the database takes none (`contribution_giver_known`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LegalLimits(models.Model):
    """The figures that hold from a day on, until the next row; every change is in the history of admin.

    Source: Canada Elections Act, S.C. 2000, c. 9, sections 349.1, 350, 353, 357.01, 359; Elections Canada publishes the
    limits of each election with their inflation factor.
    """

    valid_from = models.DateField(
        _("valid from"),
        unique=True,
        help_text=_("E.g. the day of the writ, for the limits of an election period."),
    )
    counts_from = models.DateField(
        _("counts from"), help_text=_("Spending and gifts of this day and later count against these figures.")
    )
    reporting_cents = models.PositiveIntegerField(
        _("reporting threshold (cents)"),
        help_text=_("Whoever gives more than this in all is reported by name."),
    )
    registration_cents = models.PositiveIntegerField(
        _("registration threshold (cents)"),
        help_text=_("From this sum of regulated expenses on the campaign must be registered."),
    )
    riding_cents = models.PositiveIntegerField(
        _("limit per riding (cents)"),
        null=True,
        blank=True,
        help_text=_("Regulated expenses in one riding; empty: none in this period. In 2019 it was $4,386."),
    )
    national_cents = models.PositiveIntegerField(
        _("national limit (cents)"),
        null=True,
        blank=True,
        help_text=_("All regulated expenses; empty: none in this period. In 2019 it was $511,700."),
    )
    largest_gift_cents = models.PositiveIntegerField(
        _("most that one person may give (cents)"),
        null=True,
        blank=True,
        help_text=_("In all, in this period; empty: counsel sets none."),
    )
    return_days = models.PositiveSmallIntegerField(
        _("days to give back"), default=30, help_text=_("What may not be used goes back within so many days.")
    )
    registration_number = models.CharField(
        _("our registration number"),
        max_length=60,
        blank=True,
        help_text=_("Of the registry of third parties."),
    )
    financial_agent = models.CharField(_("financial agent"), max_length=150, blank=True)
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Where the figures stand, and who checked them.")
    )

    class Meta:
        verbose_name = _("limits of the law")
        verbose_name_plural = _("limits of the law")
        permissions = [("export_disclosure", "Can take the disclosure report out")]
        constraints = [
            models.CheckConstraint(
                condition=Q(counts_from__lte=models.F("valid_from")),
                name="legallimits_counts_before",
                violation_error_message=_(
                    "What counts begins at the latest on the day these figures are valid from."
                ),
            ),
            models.CheckConstraint(condition=~Q(source=""), name="legallimits_with_source"),
        ]

    def __str__(self) -> str:
        return str(self.valid_from)
