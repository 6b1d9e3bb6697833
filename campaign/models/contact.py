"""Messages from the contact form, and where they go."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import ContactState
from campaign.models.languages import in_language

MESSAGE_LENGTH = 4000
PLACE_LENGTH = 100
DIGEST_LENGTH = 64


class ContactTopic(models.Model):
    """What somebody may write about, and who answers."""

    slug = models.SlugField(
        _("short name"), max_length=40, unique=True, help_text=_("For links: /contact/?topic=…")
    )
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_fr = models.CharField(_("name (French)"), max_length=80)
    address = models.EmailField(
        _("goes to"),
        max_length=254,
        blank=True,
        help_text=_("Where messages are mailed; empty: to the campaign’s contact e-mail."),
    )
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("contact topic")
        verbose_name_plural = _("contact topics")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the active language."""
        return in_language(self, "name")


class ContactMessage(models.Model):
    """One message; whoever wrote it reads the same answer on the page, whatever we think of it."""

    topic = models.ForeignKey(ContactTopic, models.PROTECT, related_name="messages", verbose_name=_("topic"))
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"), max_length=254)
    email_key = models.CharField(_("canonical address"), max_length=254)
    place = models.CharField(_("postal code or riding"), max_length=PLACE_LENGTH, blank=True)
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH)
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=8, choices=ContactState, default=ContactState.NEW)
    doubts = models.CharField(_("doubts"), max_length=60, blank=True)
    origin = models.CharField(_("internet address"), max_length=43, blank=True)
    # The same form sent twice is one row.
    fingerprint = models.CharField(max_length=DIGEST_LENGTH, unique=True, editable=False)
    created_at = models.DateTimeField(_("written"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For organizers alone."))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["state", "id"], name="contactmessage_by_state"),
            models.Index(fields=["email_key", "created_at"], name="contactmessage_by_email"),
            models.Index(
                fields=["origin", "created_at"], name="contactmessage_by_origin", condition=~Q(origin="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ContactState.NEW, ContactState.HELD], settled_at__isnull=True)
                | Q(
                    state__in=[ContactState.ANSWERED, ContactState.CLOSED, ContactState.SPAM],
                    settled_at__isnull=False,
                ),
                name="contactmessage_state_known_and_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.name}"
