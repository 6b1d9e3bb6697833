"""The campaign and the parties it speaks of."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import PartyRole, ShareNetwork, ShareTopic
from campaign.models.languages import in_language


class Campaign(models.Model):
    """The campaign that the site carries; one is active."""

    name_en = models.CharField(_("name (English)"), max_length=100)
    name_fr = models.CharField(_("name (French)"), max_length=100)
    tagline_en = models.CharField(_("tagline (English)"), max_length=200)
    tagline_fr = models.CharField(_("tagline (French)"), max_length=200)
    call_en = models.TextField(_("call to action (English)"))
    call_fr = models.TextField(_("call to action (French)"))
    swing_legend_en = models.CharField(_("legend of swing ridings (English)"), max_length=200)
    swing_legend_fr = models.CharField(_("legend of swing ridings (French)"), max_length=200)
    emerging_legend_en = models.CharField(_("legend of emerging battlegrounds (English)"), max_length=200)
    emerging_legend_fr = models.CharField(_("legend of emerging battlegrounds (French)"), max_length=200)
    other_legend_en = models.CharField(_("legend of other ridings (English)"), max_length=200)
    other_legend_fr = models.CharField(_("legend of other ridings (French)"), max_length=200)
    election_on = models.DateField(_("next election"))
    organization_en = models.CharField(
        _("organization (English)"),
        max_length=120,
        default="",
        help_text=_("Who sends the mails and asks for consent, under the name it does business by."),
    )
    organization_fr = models.CharField(_("organization (French)"), max_length=120, default="")
    mailing_address = models.CharField(
        _("mailing address"),
        max_length=250,
        default="",
        help_text=_("Stands in every mail: a postal address valid for 60 days at least."),
    )
    contact_email = models.EmailField(_("contact e-mail"), max_length=254, default="")
    phone = models.CharField(
        _("telephone"), max_length=30, blank=True, default="", help_text=_("Where people reach the campaign.")
    )
    authorization_en = models.CharField(
        _("authorization (English)"),
        max_length=200,
        blank=True,
        default="",
        help_text=_(
            "Stands with name, telephone and address on pages, share images and sheets, e.g. “Authorized by the financial "
            "agent of …”."
        ),
    )
    authorization_fr = models.CharField(_("authorization (French)"), max_length=200, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(is_active=True),
                name="campaign_one_active",
                violation_error_message=_("Another campaign is active: deactivate it first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the active language."""
        return in_language(self, "name")

    @property
    def organization(self) -> str:
        """Name of who sends the mails in the active language."""
        return in_language(self, "organization")

    @property
    def tagline(self) -> str:
        """Tagline in the active language."""
        return in_language(self, "tagline")

    @property
    def call(self) -> str:
        """Call to action in the active language."""
        return in_language(self, "call")

    @property
    def authorization_line(self) -> str:
        """Who authorizes what is said here, with name, telephone and address; empty until it is written.

        Source: Canada Elections Act, S.C. 2000, c. 9, section 352.
        """
        authorization = in_language(self, "authorization")
        if not authorization:
            return ""
        parts = (authorization, self.organization, self.phone, self.mailing_address)
        return " · ".join(part for part in parts if part)

    @property
    def lacks_for_authorization(self) -> bool:
        """Something is missing of what an election advertising message must say."""
        words = (self.authorization_en, self.authorization_fr, self.organization_en, self.organization_fr)
        return not all((*words, self.phone, self.mailing_address))


class Party(models.Model):
    """A registered party, or the group of candidates without one."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120)
    short_en = models.CharField(_("short name (English)"), max_length=60)
    short_fr = models.CharField(_("short name (French)"), max_length=60)
    phrase_en = models.CharField(
        _("in a sentence (English)"),
        max_length=60,
        help_text=_("With its article: “the Liberals”, “the NDP”."),
    )
    phrase_fr = models.CharField(
        _("in a sentence (French)"), max_length=60, help_text=_("With its article: “les libéraux”, “le NPD”.")
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#8A8F98",
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("Write a colour as #RRGGBB."))],
    )
    role = models.CharField(_("role"), max_length=12, choices=PartyRole, default=PartyRole.OTHER)
    ballot_labels = models.JSONField(
        _("ballot labels"),
        default=list,
        blank=True,
        help_text=_("Every label under which official results name the party, as “English/French”."),
    )
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(role=PartyRole.TARGET),
                name="party_one_target",
                violation_error_message=_("Another party is the target: change its role first."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=PartyRole.values),
                name="party_role_known",
                violation_error_message=_("Choose target, cooperating or other."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_en} ({self.code})"

    @property
    def name(self) -> str:
        """Full name in the active language."""
        return in_language(self, "name")

    @property
    def short_name(self) -> str:
        """Short name in the active language."""
        return in_language(self, "short")

    @property
    def phrase(self) -> str:
        """Name with its article, as it stands inside a sentence, in the active language."""
        return in_language(self, "phrase")


class ShareText(models.Model):
    """The words a supporter passes on, for one network; `{title}`, `{count}` and `{link}` are filled in."""

    topic = models.CharField(_("about"), max_length=12, choices=ShareTopic)
    network = models.CharField(_("network"), max_length=12, choices=ShareNetwork)
    text_en = models.TextField(_("text (English)"), blank=True)
    text_fr = models.TextField(_("text (French)"), blank=True)
    is_shown = models.BooleanField(_("shown"), default=True)
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("share text")
        verbose_name_plural = _("share texts")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "network"],
                name="sharetext_one_per_network",
                violation_error_message=_("There is a text for this network already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_network_display()}"

    @property
    def text(self) -> str:
        """Words in the active language."""
        return in_language(self, "text")


class OrganizerAlert(models.Model):
    """Something organizers should look at; the same thing is said once until somebody ticks it off."""

    key = models.CharField(_("what it is about"), max_length=150)
    message = models.CharField(_("message"), max_length=400)
    link = models.CharField(_("where to look"), max_length=400, blank=True)
    created_at = models.DateTimeField(_("since"))
    resolved_at = models.DateTimeField(_("seen to"), null=True, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(resolved_at__isnull=True), name="organizeralert_once_while_open"
            ),
        ]

    def __str__(self) -> str:
        return self.message
