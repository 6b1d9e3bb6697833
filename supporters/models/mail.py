"""The outbox, what limits it and who gets no mail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supporters.enums import LimitScope, MessageState, Purpose, RuleSubject, RuleVerdict, SuppressionReason
from supporters.models.consent import DIGEST_LENGTH
from supporters.models.people import Supporter


class OutgoingMessage(models.Model):
    """One mail, written in the transaction that wants it sent; the worker sends it and marks it.

    `kind` names the templates: `petitions/confirm` is `templates/petitions/mail/confirm.{subject.txt,txt,html}`.
    """

    key = models.CharField(_("idempotency key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    supporter = models.ForeignKey(
        Supporter, models.CASCADE, null=True, related_name="messages", verbose_name=_("supporter")
    )
    to = models.EmailField(_("to"), max_length=254)
    to_key = models.CharField(_("canonical address"), max_length=254)
    domain = models.CharField(_("domain"), max_length=254)
    language = models.CharField(_("language"), max_length=2)
    purpose = models.CharField(
        _("purpose"),
        max_length=8,
        choices=Purpose,
        blank=True,
        help_text=_("The consent it rests on; empty for an answer to what the person just did."),
    )
    context = models.JSONField(_("values"), default=dict)
    origin = models.CharField(_("asked for from"), max_length=43, blank=True)
    wide_origin = models.CharField(_("neighbourhood"), max_length=43, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), default=10)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    created_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("due"))
    leased_until = models.DateTimeField(_("leased until"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                fields=["priority", "due_at", "id"],
                name="outgoingmessage_due",
                condition=Q(state=MessageState.QUEUED),
            ),
            models.Index(
                fields=["leased_until"],
                name="outgoingmessage_leased",
                condition=Q(state=MessageState.SENDING),
            ),
            # For organizers who look for mails that did not arrive.
            models.Index(
                fields=["id"],
                name="outgoingmessage_troubled",
                condition=Q(state__in=[MessageState.FAILED, MessageState.SUPPRESSED]),
            ),
            models.Index(fields=["sent_at"], name="outgoingmessage_sent", condition=Q(sent_at__isnull=False)),
            # For the limits; only mails that left, so that queueing one costs nothing here.
            *(
                models.Index(
                    fields=[column, "sent_at"],
                    name=f"outgoingmessage_by_{name}",
                    condition=Q(sent_at__isnull=False),
                )
                for column, name in (
                    ("origin", "origin"),
                    ("wide_origin", "wide"),
                    ("domain", "domain"),
                    ("to_key", "recipient"),
                )
            ),
        ]

    def __str__(self) -> str:
        return self.key


class MailEvent(models.Model):
    """What the mail provider reported about a mail, once for each report it makes."""

    provider_id = models.CharField(_("provider's number"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    message_key = models.CharField(_("mail"), max_length=120, blank=True, db_index=True)
    address_hash = models.CharField(_("keyed hash of the address"), max_length=DIGEST_LENGTH)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("provider's report")
        verbose_name_plural = _("providers' reports")

    def __str__(self) -> str:
        return f"{self.kind} {self.provider_id}"


class ProviderOutage(models.Model):
    """The mail provider takes no mail: one row while it lasts, so that no worker hammers at a closed door."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    failures = models.PositiveIntegerField(_("failures in a row"))
    since = models.DateTimeField(_("since"))
    retry_at = models.DateTimeField(_("next try"))
    last_error = models.CharField(_("last error"), max_length=300)

    class Meta:
        verbose_name = _("provider's outage")
        verbose_name_plural = _("provider's outages")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="provideroutage_only_one")]

    def __str__(self) -> str:
        return f"{self.failures}: {self.last_error}"


class MailSuppression(models.Model):
    """An address that gets no mail, known only by its keyed hash, so that it outlives the person's erasure."""

    address_hash = models.CharField(_("keyed hash of the address"), max_length=DIGEST_LENGTH, unique=True)
    reason = models.CharField(_("reason"), max_length=10, choices=SuppressionReason)
    created_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return f"{self.address_hash[:12]}… {self.reason}"


class MailLimit(models.Model):
    """How many mails may leave within a window; the rest wait, none is lost."""

    scope = models.CharField(_("counted by"), max_length=10, choices=LimitScope)
    window_seconds = models.PositiveIntegerField(_("window (seconds)"))
    most = models.PositiveIntegerField(_("mails at most"))

    class Meta:
        verbose_name = _("mail limit")
        verbose_name_plural = _("mail limits")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "window_seconds"],
                name="maillimit_one_per_window",
                violation_error_message=_("There is a limit for this window already."),
            ),
            models.CheckConstraint(
                condition=Q(window_seconds__gt=0, window_seconds__lte=604_800, most__gt=0),
                name="maillimit_sensible",
                violation_error_message=_(
                    "A window has 1 second to 7 days, and at least one mail may leave."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.most} / {self.window_seconds} s"


class AddressRule(models.Model):
    """An exception that organizers make: addresses to hold for review, or never to limit."""

    verdict = models.CharField(_("verdict"), max_length=5, choices=RuleVerdict)
    subject = models.CharField(_("looks at"), max_length=7, choices=RuleSubject)
    pattern = models.CharField(_("pattern"), max_length=254)
    note = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("address rule")
        verbose_name_plural = _("address rules")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "pattern"],
                name="addressrule_unique",
                violation_error_message=_("There is a rule for this already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.subject} {self.pattern}"


class UsedProof(models.Model):
    """A proof of work that was handed in: each counts once, until it expires."""

    digest = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest
