"""Organizations that stand with the campaign, and how they came to be shown."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import Decision, OrganizationKind, OrganizationState
from campaign.models.languages import in_either_language

NAME_LENGTH = 120
STATEMENT_LENGTH = 600
DIGEST_LENGTH = 64


class Organization(models.Model):
    """One organization that signed on; shown once a reviewer approved it. The contact person never is."""

    name_en = models.CharField(_("name (English)"), max_length=NAME_LENGTH, blank=True)
    name_fr = models.CharField(_("name (French)"), max_length=NAME_LENGTH, blank=True)
    website = models.CharField(_("website"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=OrganizationKind)
    statement_en = models.TextField(_("statement (English)"), max_length=STATEMENT_LENGTH, blank=True)
    statement_fr = models.TextField(_("statement (French)"), max_length=STATEMENT_LENGTH, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    contact_email = models.EmailField(_("contact’s e-mail"), max_length=254, blank=True)
    contact_key = models.CharField(_("contact’s canonical address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(
        _("state"), max_length=8, choices=OrganizationState, default=OrganizationState.PENDING
    )
    doubts = models.CharField(_("doubts"), max_length=60, blank=True)
    origin = models.CharField(_("internet address"), max_length=43, blank=True)
    # The same form sent twice is one row; of other sign-ons of the same name a reviewer is told.
    fingerprint = models.CharField(max_length=DIGEST_LENGTH, unique=True, editable=False)
    created_at = models.DateTimeField(_("signed on"))
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [
            models.Index(fields=["state", "id"], name="organization_by_state"),
            models.Index(
                fields=["origin", "created_at"], name="organization_by_origin", condition=~Q(origin="")
            ),
            models.Index(
                fields=["contact_key"], name="organization_by_contact", condition=~Q(contact_key="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_fr=""),
                name="organization_has_a_name",
                violation_error_message=_("Write the organization’s name in English or French."),
            ),
            models.CheckConstraint(
                condition=Q(website__startswith="https://"),
                name="organization_website_https",
                violation_error_message=_("The address of the site has to begin with https://."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrganizationState.values), name="organization_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the active language, else in the other one."""
        return in_either_language(self, "name")[0]


class OrganizationLogo(models.Model):
    """The picture of an organization, made by us out of what was uploaded; its address is its content's hash."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="logo", verbose_name=_("organization")
    )
    digest = models.CharField(_("SHA-256"), max_length=DIGEST_LENGTH, db_index=True)
    content = models.BinaryField(_("picture"))
    width = models.PositiveSmallIntegerField(_("width (px)"))
    height = models.PositiveSmallIntegerField(_("height (px)"))

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return self.digest

    def get_absolute_url(self) -> str:
        """Return where it is shown once its organization is approved."""
        return reverse("coalition-logo", args=[self.digest])


class OrganizationReview(models.Model):
    """One decision about an organization; only added to."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="reviews", verbose_name=_("organization")
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.organization_id} {self.decision} {self.at:%Y-%m-%d}"
