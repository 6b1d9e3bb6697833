"""What parties say on the issues."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Party, in_language
from ridings.enums import Stance


class Issue(models.Model):
    """A question on which parties differ or agree."""

    slug = models.SlugField(_("slug"), unique=True)
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_fr = models.CharField(_("title (French)"), max_length=120)
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")

    def __str__(self) -> str:
        return self.title_en

    @property
    def title(self) -> str:
        """Title in the active language."""
        return in_language(self, "title")


class PartyPosition(models.Model):
    """A party's position on an issue, with its source and date."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="positions", verbose_name=_("issue"))
    party = models.ForeignKey(Party, models.CASCADE, related_name="positions", verbose_name=_("party"))
    stance = models.CharField(_("stance"), max_length=8, choices=Stance)
    summary_en = models.TextField(_("summary (English)"))
    summary_fr = models.TextField(_("summary (French)"))
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), blank=True)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("party position")
        verbose_name_plural = _("party positions")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "party"],
                name="partyposition_unique",
                violation_error_message=_("This party's position on the issue is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} on {self.issue_id}"

    @property
    def summary(self) -> str:
        """Summary in the active language."""
        return in_language(self, "summary")
