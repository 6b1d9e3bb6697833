"""The double-entry ledger, which only grows, and what providers told us."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polls.enums import Account, EntryKind, Provider, SpendingCategory
from polls.models.contributions import Contribution
from polls.models.projects import PollProject


class LedgerEntry(models.Model):
    """One movement of money; its lines add up to zero (the database refuses others) and are never changed or deleted.

    `key` says what the entry is about (`gift:<contribution>`, `refund:<refund>`), so that nothing is booked twice.
    """

    key = models.CharField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=EntryKind)
    at = models.DateTimeField(_("booked"))
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, related_name="ledger_entries", verbose_name=_("contribution")
    )
    category = models.CharField(
        _("category of spending"), max_length=17, choices=SpendingCategory, blank=True
    )
    memo = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"),
        help_text=_("Empty: the platform, by the rules."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="ledgerentry_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.EXPENSE) | ~Q(category=""),
                name="ledgerentry_expense_has_category",
                violation_error_message=_("Say which kind of spending this is."),
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="ledgerentry_by_time")]

    def __str__(self) -> str:
        return self.key


class LedgerLine(models.Model):
    """An amount on one account: debits positive, credits negative, in cents. Money held for projects is a credit."""

    entry = models.ForeignKey(
        LedgerEntry, models.PROTECT, related_name="lines", verbose_name=_("ledger entry")
    )
    account = models.CharField(_("account"), max_length=8, choices=Account)
    project = models.ForeignKey(
        PollProject, models.PROTECT, null=True, related_name="ledger_lines", verbose_name=_("poll project")
    )
    amount_cents = models.BigIntegerField(_("amount (cents)"))

    class Meta:
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        constraints = [
            models.CheckConstraint(condition=Q(account__in=Account.values), name="ledgerline_account_known"),
            models.CheckConstraint(condition=~Q(amount_cents=0), name="ledgerline_not_nothing"),
            models.CheckConstraint(
                condition=Q(account=Account.PROJECT, project__isnull=False)
                | (~Q(account=Account.PROJECT) & (Q(project__isnull=True) | Q(account=Account.SPENT))),
                name="ledgerline_project_named",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "project"], include=["amount_cents"], name="ledgerline_balances"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.account} {self.amount_cents}"


class ProviderEvent(models.Model):
    """A provider's notice: a hint to look. Its body is never kept, what it speaks of is fetched anew."""

    provider = models.CharField(_("provider"), max_length=8, choices=Provider)
    event_id = models.CharField(_("number"), max_length=255)
    kind = models.CharField(_("kind"), max_length=80)
    object_ref = models.CharField(_("speaks of"), max_length=255)
    received_at = models.DateTimeField(_("received"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    leased_until = models.DateTimeField(_("next try"), null=True, editable=False)
    done_at = models.DateTimeField(_("looked after"), null=True)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice of a provider")
        verbose_name_plural = _("notices of providers")
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="providerevent_once")]
        indexes = [
            models.Index(
                fields=["received_at"], name="providerevent_waiting", condition=Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"
