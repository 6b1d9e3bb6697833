"""The person behind a signature, a pledge or a gift."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supporters.enums import MOST_RESIDENTS, RidingSource

NAME_LENGTH = 100


class Supporter(models.Model):
    """One person: a canonical e-mail address and, where two share it, a place in the household.

    Ridings are FED numbers on the boundaries in force: this app stands below `ridings` and outlives a redistribution.
    """

    email = models.EmailField(_("e-mail"), max_length=254, help_text=_("As typed; mail goes here."))
    email_key = models.CharField(_("canonical e-mail"), max_length=254, editable=False)
    household_place = models.PositiveSmallIntegerField(_("place in the household"), default=1, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    search_text = models.CharField(max_length=2 * NAME_LENGTH, editable=False)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"), null=True, blank=True)
    riding_source = models.CharField(
        _("how the riding is known"), max_length=8, choices=RidingSource, default=RidingSource.UNKNOWN
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))], default="en"
    )
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    email_confirmed_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    created_at = models.DateTimeField(_("first seen"), editable=False)

    class Meta:
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")
        constraints = [
            models.UniqueConstraint(fields=["email_key", "household_place"], name="supporter_person_unique"),
            models.CheckConstraint(
                condition=Q(household_place__gte=1, household_place__lte=MOST_RESIDENTS),
                name="supporter_household_small",
            ),
            models.CheckConstraint(
                condition=Q(riding_number__isnull=True) | Q(riding_number__range=(10_000, 99_999)),
                name="supporter_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
        ]
        indexes = [
            GinIndex(SearchVector("search_text", config="simple"), name="supporter_name_words"),
            models.Index(fields=["riding_number", "id"], name="supporter_riding"),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
