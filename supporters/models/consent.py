"""What people agreed to: an append-only ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import in_language
from supporters.enums import ConsentDecision, Method, Purpose
from supporters.models.accounts import User
from supporters.models.people import Supporter

DIGEST_LENGTH = 64


class ConsentWording(models.Model):
    """The very words beside a box, in both languages; a change is a new version, old ones stay as proof."""

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"))
    digest = models.CharField(_("SHA-256 of both texts"), max_length=DIGEST_LENGTH, editable=False)
    created_at = models.DateTimeField(_("in use since"), editable=False)

    class Meta:
        verbose_name = _("consent wording")
        verbose_name_plural = _("consent wordings")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "digest"],
                name="consentwording_unique",
                violation_error_message=_("These words are in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.pk})"

    @property
    def text(self) -> str:
        """Words in the active language."""
        return in_language(self, "text")


class ConsentEvent(models.Model):
    """One thing that happened to one consent of one person; rows are added, never changed.

    A trigger of the database refuses changes and deletions. It lets through only what erasure and forgetting need:
    that the person, the internet address and the browser become empty. The hashed address stays as proof.
    """

    supporter = models.ForeignKey(
        Supporter, models.SET_NULL, null=True, related_name="consent_events", verbose_name=_("supporter")
    )
    address_hash = models.CharField(_("keyed hash of the address"), max_length=DIGEST_LENGTH)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    decision = models.CharField(_("what happened"), max_length=9, choices=ConsentDecision)
    wording = models.ForeignKey(ConsentWording, models.PROTECT, null=True, verbose_name=_("words shown"))
    language = models.CharField(_("language"), max_length=2)
    method = models.CharField(_("method"), max_length=8, choices=Method)
    page = models.CharField(_("page"), max_length=200)
    at = models.DateTimeField(_("when"))
    origin = models.CharField(_("internet address"), max_length=43, blank=True)
    user_agent = models.CharField(_("browser"), max_length=300, blank=True)
    staff = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="consentevent_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(wording__isnull=False) | Q(decision=ConsentDecision.WITHDRAWN),
                name="consentevent_words_known",
            ),
        ]
        indexes = [models.Index(fields=["address_hash"], name="consentevent_address")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.decision} {self.at:%Y-%m-%d %H:%M}"
