"""Pledges on paper: sheets from doorsteps, keyed in by captains, looked at by organizers before they count."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import Party
from pledges.enums import LineState, VoterStatus
from pledges.models.pledge import Pledge

NAME_LENGTH = 100


class PaperSheet(models.Model):
    """One sheet, or a bundle of cards, of a riding; its code stands on the paper."""

    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    code = models.CharField(_("sheet code"), max_length=12)
    created_at = models.DateTimeField(_("first keyed in"))

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["riding_number", "code"],
                name="papersheet_once",
                violation_error_message=_("This sheet is there already."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)), name="papersheet_riding_five_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.riding_number} {self.code}"


class PaperLine(models.Model):
    """One line as it stands on paper. Once decided about, who it was is kept for a while and then emptied by the clock."""

    sheet = models.ForeignKey(PaperSheet, models.CASCADE, related_name="lines", verbose_name=_("sheet"))
    number = models.PositiveSmallIntegerField(_("line"))
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    name_key = models.CharField(max_length=NAME_LENGTH, blank=True, editable=False)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    voter_status = models.CharField(_("voting"), max_length=8, choices=VoterStatus, default=VoterStatus.VOTER)
    preference = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("first preference")
    )
    wordings = ArrayField(
        models.PositiveBigIntegerField(), default=list, blank=True, verbose_name=_("boxes ticked (wordings)")
    )
    language = models.CharField(_("language"), max_length=2, default="en")
    flags = models.CharField(_("to look at"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=LineState, default=LineState.WAITING)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    keyed_at = models.DateTimeField(_("keyed in"))
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("keyed in by")
    )
    reviewed_at = models.DateTimeField(_("decided"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    pledge = models.OneToOneField(
        Pledge, models.SET_NULL, null=True, related_name="paper_line", verbose_name=_("pledge")
    )

    class Meta:
        verbose_name = _("line on paper")
        verbose_name_plural = _("lines on paper")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "number"],
                name="paperline_once",
                violation_error_message=_("This line of the sheet is there already."),
            ),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="paperline_state_known"),
            models.CheckConstraint(
                condition=Q(state=LineState.WAITING) | Q(reviewed_at__isnull=False),
                name="paperline_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(voter_status__in=VoterStatus.values), name="paperline_voter_status_known"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="paperline_by_state"),
            models.Index(fields=["email_key"], name="paperline_by_email", condition=~Q(email_key="")),
            models.Index(fields=["postal_code", "name_key"], name="paperline_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.number}"
