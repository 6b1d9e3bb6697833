"""Printed walk sheets: what stands on which line, so that what was written by hand is keyed in once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteers.models.canvass import Door, TurfCheckout

CODE_LENGTH = 12


class WalkSheet(models.Model):
    """A sheet as it was printed for whoever holds the turf. After `expires_at` it is printed anew: doors may have refused."""

    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True)
    checkout = models.ForeignKey(
        TurfCheckout, models.CASCADE, related_name="sheets", verbose_name=_("turf checked out")
    )
    printed_at = models.DateTimeField(_("printed"))
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("printed by")
    )
    expires_at = models.DateTimeField(_("good until"))

    class Meta:
        verbose_name = _("walk sheet")
        verbose_name_plural = _("walk sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("printed_at")), name="walksheet_good_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class WalkSheetLine(models.Model):
    """A line of a sheet; its door goes with the list, the line stays."""

    sheet = models.ForeignKey(WalkSheet, models.CASCADE, related_name="lines", verbose_name=_("walk sheet"))
    line_number = models.PositiveSmallIntegerField(_("line"))
    door = models.ForeignKey(Door, models.SET_NULL, null=True, related_name="+", verbose_name=_("door"))

    class Meta:
        verbose_name = _("line of a walk sheet")
        verbose_name_plural = _("lines of walk sheets")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "line_number"], name="walksheetline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.line_number}"
