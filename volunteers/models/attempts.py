"""What came of every door and call, and who must not be contacted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import Channel, Outcome, SuppressedThing, SuppressionSource
from volunteers.models.calling import Contact, Lease
from volunteers.models.canvass import Door, TurfCheckout
from volunteers.models.scripts import ScriptOption, ScriptQuestion, ScriptVersion
from volunteers.models.teams import Team

NOTE_LENGTH = 1000
ANSWER_LENGTH = 1000


class Attempt(models.Model):
    """One visit or call, only added to; its id comes from the browser or the sheet, so that sent twice it is one.

    A correction is a further attempt that names the one it corrects. Riding, team and person stay when the list is
    purged: counts outlive voters' data.
    """

    client_id = models.UUIDField(unique=True)
    channel = models.CharField(_("way"), max_length=5, choices=Channel)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, related_name="attempts", verbose_name=_("team")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="attempts", verbose_name=_("by")
    )
    door = models.ForeignKey(
        Door, models.SET_NULL, null=True, related_name="attempts", verbose_name=_("door")
    )
    checkout = models.ForeignKey(
        TurfCheckout, models.SET_NULL, null=True, related_name="attempts", verbose_name=_("turf checked out")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="attempts", verbose_name=_("contact")
    )
    lease = models.ForeignKey(
        Lease, models.SET_NULL, null=True, related_name="attempts", verbose_name=_("call under way")
    )
    script_version = models.ForeignKey(
        ScriptVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("version of a script")
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    is_success = models.BooleanField(_("won over"), default=False)
    took_pledge = models.BooleanField(_("took a pledge"), default=False)
    # Recorded after somebody else had taken the voter over: kept, yet it moves nothing but a "do not contact". At a door
    # it arrived after the turf was due or given back, and counts by its knock time all the same.
    is_late = models.BooleanField(_("late"), default=False)
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="corrections", verbose_name=_("corrects")
    )
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    happened_at = models.DateTimeField(
        _("happened"), help_text=_("By the visitor's clock, never in the future.")
    )
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel=Channel.DOOR, contact__isnull=True, lease__isnull=True)
                | Q(channel=Channel.PHONE, door__isnull=True, checkout__isnull=True),
                name="attempt_by_one_way",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="attempt_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["riding_number", "channel", "happened_at"], name="attempt_by_riding"),
            models.Index(fields=["by", "happened_at"], name="attempt_by_person"),
        ]

    def __str__(self) -> str:
        return str(self.client_id)


class AttemptAnswer(models.Model):
    """What was answered to a question of a script: an option, or words."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers", verbose_name=_("attempt"))
    question = models.ForeignKey(
        ScriptQuestion, models.PROTECT, related_name="+", verbose_name=_("question of a script")
    )
    option = models.ForeignKey(
        ScriptOption, models.PROTECT, null=True, related_name="+", verbose_name=_("answer of a script")
    )
    text = models.CharField(_("in words"), max_length=ANSWER_LENGTH, blank=True)

    class Meta:
        verbose_name = _("recorded answer")
        verbose_name_plural = _("recorded answers")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="attemptanswer_once"),
            models.CheckConstraint(
                condition=Q(option__isnull=False) | ~Q(text=""), name="attemptanswer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.question_id}"


class Suppression(models.Model):
    """A number or address that must not be contacted, by hash: it outlives the list and meets a new import.

    Only an organizer lifts it, with a note.
    Source: CRTC, Unsolicited Telecommunications Rules, Part III, 2024: do-not-call entries are kept for three years at least.
    """

    thing = models.CharField(_("what"), max_length=7, choices=SuppressedThing)
    digest = models.CharField(max_length=64, editable=False)
    source = models.CharField(_("who said so"), max_length=8, choices=SuppressionSource)
    attempt = models.ForeignKey(
        Attempt, models.SET_NULL, null=True, editable=False, related_name="suppressions",
        verbose_name=_("attempt"),
    )  # fmt: skip
    said_at = models.DateTimeField(_("said"), help_text=_("When the voter said so."))
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("lifted by"),
    )  # fmt: skip
    lift_note = models.CharField(_("why it was lifted"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("do-not-contact entry")
        verbose_name_plural = _("do-not-contact entries")
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "digest"],
                condition=Q(lifted_at__isnull=True),
                name="suppression_once_while_live",
                violation_error_message=_("This is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lift_note=""),
                name="suppression_lifted_with_a_note",
                violation_error_message=_("Say why it is lifted."),
            ),
            models.CheckConstraint(
                condition=Q(thing__in=SuppressedThing.values, source__in=SuppressionSource.values),
                name="suppression_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.digest[:8]}"
