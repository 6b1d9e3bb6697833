"""Roles of people in ridings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supporters.enums import RidingRoleKind
from supporters.models.accounts import User


class RidingRole(models.Model):
    """What somebody may do in one riding, from when until when; only an end is written to it later.

    The riding is its FED number: this app stands below `ridings`.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="riding_roles", verbose_name=_("account"))
    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    role = models.CharField(_("role"), max_length=12, choices=RidingRoleKind)
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("role in a riding")
        verbose_name_plural = _("roles in ridings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "riding_number", "role"],
                condition=Q(ended_at__isnull=True),
                name="ridingrole_once_while_live",
                violation_error_message=_("This account has the role in this riding already."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)),
                name="ridingrole_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=RidingRoleKind.values),
                name="ridingrole_role_known",
                violation_error_message=_("Choose one of the roles."),
            ),
        ]
        indexes = [models.Index(fields=["riding_number", "role"], name="ridingrole_by_riding")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.riding_number} {self.role}"
