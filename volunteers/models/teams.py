"""Teams and their members. Who leads a team is a role (`supporters.RidingRole`): one truth for every app."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.languages import in_either_language
from volunteers.enums import LANGUAGES, EndOfMembership, JoinMode, MembershipState

WELCOME_LENGTH = 3000
MESSAGE_LENGTH = 500


class Team(models.Model):
    """The canvass team of a riding, or the national phone team, which has no riding.

    Captains and local organizers of the riding lead the first, captains of the phone team the other.
    """

    riding_number = models.PositiveIntegerField(
        _("riding (FED number)"), null=True, blank=True, help_text=_("Empty: the national phone team.")
    )
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    name_fr = models.CharField(_("name (French)"), max_length=120, blank=True)
    welcome_en = models.TextField(_("welcome (English)"), max_length=WELCOME_LENGTH, blank=True)
    welcome_fr = models.TextField(_("welcome (French)"), max_length=WELCOME_LENGTH, blank=True)
    join_mode = models.CharField(_("joining"), max_length=8, choices=JoinMode, default=JoinMode.APPROVAL)
    shows_leaderboard = models.BooleanField(_("shows a leaderboard"), default=True)
    created_at = models.DateTimeField(_("formed"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(
                fields=["riding_number"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="team_one_per_riding",
                violation_error_message=_("There is such a team already."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__isnull=True) | Q(riding_number__range=(10_000, 99_999)),
                name="team_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
            models.CheckConstraint(condition=Q(join_mode__in=JoinMode.values), name="team_join_mode_known"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.riding_number or _("phone team"))

    @property
    def name(self) -> str:
        """Name in the active language, else in the other one; may be empty."""
        return in_either_language(self, "name")[0]

    @property
    def welcome(self) -> str:
        """Words of welcome in the active language, else in the other one."""
        return in_either_language(self, "welcome")[0]


class Membership(models.Model):
    """Somebody in a team, from asking to the end; an ended row stays as history."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships", verbose_name=_("team"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    state = models.CharField(_("state"), max_length=8, choices=MembershipState)
    message = models.CharField(_("message to the captain"), max_length=MESSAGE_LENGTH, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=LANGUAGES, default="en")
    on_leaderboard = models.BooleanField(
        _("shown on the leaderboard"), default=False, help_text=_("Only if the person says so.")
    )
    asked_at = models.DateTimeField(_("asked"), editable=False)
    joined_at = models.DateTimeField(_("joined"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    end_reason = models.CharField(_("why"), max_length=8, choices=EndOfMembership, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_while_live",
                violation_error_message=_("This person is in the team already."),
            ),
            models.CheckConstraint(
                condition=Q(state=MembershipState.ASKED, joined_at__isnull=True, ended_at__isnull=True)
                | Q(state=MembershipState.ACTIVE, joined_at__isnull=False, ended_at__isnull=True)
                | Q(state=MembershipState.ENDED, ended_at__isnull=False),
                name="membership_state_has_its_times",
            ),
        ]
        indexes = [models.Index(fields=["user", "state"], name="membership_of_user")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id} {self.state}"
