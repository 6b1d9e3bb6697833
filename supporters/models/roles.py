"""Roles of people in ridings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supporters.enums import ROLES_WITHOUT_RIDING, RidingRoleKind
from supporters.models.accounts import User

WITHOUT_RIDING = Q(role__in=sorted(ROLES_WITHOUT_RIDING))


class RidingRole(models.Model):
    """What somebody may do in one riding, from when until when; only an end is written to it later.

    A role that is the whole country's has no riding.

    The riding is its FED number: this app stands below `ridings`.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="riding_roles", verbose_name=_("account"))
    riding_number = models.PositiveIntegerField(_("riding (FED number)"), null=True, blank=True)
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
                nulls_distinct=False,
                name="ridingrole_once_while_live",
                violation_error_message=_("This account has the role in this riding already."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)),
                name="ridingrole_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
            models.CheckConstraint(
                condition=(WITHOUT_RIDING & Q(riding_number__isnull=True))
                | (~WITHOUT_RIDING & Q(riding_number__isnull=False)),
                name="ridingrole_riding_where_it_belongs",
                violation_error_message=_("Captains of the phone team have no riding, all others have one."),
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
