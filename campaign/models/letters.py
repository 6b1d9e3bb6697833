"""Leaders to whom people write, and the letter that they begin from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.campaign import Party
from campaign.models.languages import in_language


class Leader(models.Model):
    """The leader of a party, known by the office; name and addresses are public facts that organizers fill in."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="leader", verbose_name=_("party"))
    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("Empty: addressed by the office.")
    )
    role_en = models.CharField(_("office (English)"), max_length=120)
    role_fr = models.CharField(_("office (French)"), max_length=120)
    salutation_en = models.CharField(_("salutation (English)"), max_length=120)
    salutation_fr = models.CharField(_("salutation (French)"), max_length=120)
    email = models.EmailField(
        _("public e-mail"),
        max_length=254,
        blank=True,
        help_text=_("As the party or Parliament publishes it."),
    )
    postal_address = models.TextField(
        _("public postal address"), max_length=300, blank=True, help_text=_("One line of the address a line.")
    )
    is_shown = models.BooleanField(
        _("shown"), default=True, help_text=_("Shown while the party is a cooperating one.")
    )

    class Meta:
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")

    def __str__(self) -> str:
        return self.name or self.role_en

    @property
    def role(self) -> str:
        """Office in the active language."""
        return in_language(self, "role")

    @property
    def salutation(self) -> str:
        """Salutation in the active language."""
        return in_language(self, "salutation")


class LetterTemplate(models.Model):
    """What a letter to a leader begins from; everybody makes it their own. One is in use."""

    subject_en = models.CharField(_("subject (English)"), max_length=120)
    subject_fr = models.CharField(_("subject (French)"), max_length=120)
    text_en = models.TextField(
        _("text (English)"),
        max_length=4000,
        help_text=_(
            "Without salutation and closing. Up to about 1,000 characters a mail program opens by a link."
        ),
    )
    text_fr = models.TextField(_("text (French)"), max_length=4000)
    is_active = models.BooleanField(_("in use"), default=False)

    class Meta:
        verbose_name = _("letter to begin from")
        verbose_name_plural = _("letters to begin from")
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(is_active=True),
                name="lettertemplate_one_active",
                violation_error_message=_("Another letter is in use: take it out of use first."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject_en

    @property
    def subject(self) -> str:
        """Subject in the active language."""
        return in_language(self, "subject")

    @property
    def text(self) -> str:
        """Text in the active language."""
        return in_language(self, "text")
