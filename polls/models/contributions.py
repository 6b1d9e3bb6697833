"""Gifts: who gave how much for which poll, and every try to charge it or to give it back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polls.enums import (
    ChargeState,
    ContributionState,
    DisputeState,
    Leftover,
    OfflineMethod,
    Provider,
    RefundReason,
    RefundState,
)
from polls.models.projects import PollProject
from supporters.models import Supporter

# Stands where it is no longer kept who somebody was.
GONE = "—"


class Contribution(models.Model):
    """A gift. The row is written before any provider is called; no card's data is ever in it.

    `project` is what was given for (NULL: the general poll fund); where the money is now stands in the ledger.
    Name and address stay as long as the law wants them, even where the person is erased elsewhere.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 359: third parties report who gave more than $200.
    """

    public_id = models.UUIDField(_("number"), default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        PollProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("poll project"),
    )
    chose_neediest = models.BooleanField(_("“where it is needed most”"), default=False)
    amount_cents = models.PositiveIntegerField(_("amount (cents)"))
    provider = models.CharField(_("by"), max_length=8, choices=Provider)
    state = models.CharField(
        _("state"), max_length=12, choices=ContributionState, default=ContributionState.STARTED
    )
    is_saved_first = models.BooleanField(
        _("card saved first"), default=False, help_text=_("Charged only once the goal is reached.")
    )
    leftover = models.CharField(_("if the goal is missed or passed"), max_length=8, choices=Leftover)

    supporter = models.ForeignKey(
        Supporter, models.SET_NULL, null=True, related_name="contributions", verbose_name=_("supporter")
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=150)
    street = models.CharField(_("street"), max_length=150)
    city = models.CharField(_("city"), max_length=100)
    province = models.CharField(_("province or territory"), max_length=2)
    postal_code = models.CharField(_("postal code"), max_length=6)
    person_key = models.CharField(
        _("person"), max_length=64, help_text=_("Gifts of one person have the same, across polls.")
    )
    declared_at = models.DateTimeField(_("declared to be a citizen or permanent resident"))
    declaration = models.TextField(_("declaration, as it was worded"))
    is_anonymous = models.BooleanField(_("not named in public"), default=True)
    language = models.CharField(_("language"), max_length=2, default="en")

    form_token = models.UUIDField(
        _("form"), null=True, unique=True, editable=False, help_text=_("One form sent twice is one gift.")
    )
    page_count = models.PositiveSmallIntegerField(_("pages asked for"), default=0, editable=False)
    session_ref = models.CharField(_("provider’s session"), max_length=255, blank=True)
    customer_ref = models.CharField(_("provider’s customer"), max_length=255, blank=True)
    method_ref = models.CharField(_("provider’s saved card"), max_length=255, blank=True)
    payment_ref = models.CharField(_("provider’s payment"), max_length=255, blank=True)
    card_country = models.CharField(_("country of the card"), max_length=2, blank=True)
    held_reason = models.CharField(_("why it is looked at"), max_length=80, blank=True)

    offline_method = models.CharField(_("came as"), max_length=10, choices=OfflineMethod, blank=True)
    offline_reference = models.CharField(_("number of the cheque or transfer"), max_length=60, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("entered by"),
    )  # fmt: skip
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("rejected by"),
    )  # fmt: skip

    created_at = models.DateTimeField(_("given"))
    settled_at = models.DateTimeField(_("received"), null=True)
    receipt_number = models.PositiveIntegerField(_("receipt number"), null=True, unique=True)
    next_charge_at = models.DateTimeField(_("next try"), null=True)
    checked_at = models.DateTimeField(_("compared with the provider"), null=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ContributionState.values), name="contribution_state_known"
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=1),
                name="contribution_amount_positive",
                violation_error_message=_("A gift is more than nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(street="") & ~Q(city="") & ~Q(province="") & ~Q(postal_code=""),
                name="contribution_giver_known",
                violation_error_message=_("The law wants the name and address of whoever gives."),
            ),
            models.CheckConstraint(
                condition=~Q(provider=Provider.OFFLINE)
                | (Q(entered_by__isnull=False, received_on__isnull=False) & ~Q(offline_method="")),
                name="contribution_offline_entered",
                violation_error_message=_("A gift by cheque or transfer is entered with its kind and day."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="contribution_two_people",
                violation_error_message=_("Somebody else must confirm what you entered."),
            ),
            models.CheckConstraint(
                condition=~Q(provider=Provider.OFFLINE)
                | Q(confirmed_by__isnull=False)
                | Q(state__in=[ContributionState.STARTED, ContributionState.LAPSED]),
                name="contribution_offline_confirmed",
                violation_error_message=_("A second person confirms gifts by cheque or transfer."),
            ),
            models.UniqueConstraint(
                fields=["provider", "session_ref"],
                condition=~Q(session_ref=""),
                name="contribution_session_once",
            ),
            models.UniqueConstraint(
                fields=["provider", "payment_ref"],
                condition=~Q(payment_ref=""),
                name="contribution_payment_once",
            ),
            models.UniqueConstraint(
                fields=["offline_method", "offline_reference", "person_key"],
                condition=~Q(offline_reference="") & ~Q(state=ContributionState.LAPSED),
                name="contribution_offline_once",
                violation_error_message=_("This cheque or transfer is entered already."),
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state"], name="contribution_by_project"),
            models.Index(fields=["person_key"], name="contribution_by_person"),
            models.Index(fields=["state", "created_at"], name="contribution_by_state"),
            models.Index(
                fields=["next_charge_at"], name="contribution_due", condition=Q(next_charge_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.state})"


class SavedCard(models.Model):
    """A card that the provider keeps for a gift, by its reference alone; the gift's own `method_ref` is the one in use."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="saved_cards")
    customer_ref = models.CharField(_("provider’s customer"), max_length=255)
    method_ref = models.CharField(_("provider’s saved card"), max_length=255)
    saved_at = models.DateTimeField(_("saved"))
    forgotten_at = models.DateTimeField(_("forgotten"), null=True)

    class Meta:
        verbose_name = _("saved card")
        verbose_name_plural = _("saved cards")
        constraints = [
            models.UniqueConstraint(fields=["contribution", "method_ref"], name="savedcard_once"),
        ]
        indexes = [
            models.Index(fields=["id"], name="savedcard_kept", condition=Q(forgotten_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.method_ref}"


class Charge(models.Model):
    """One try to charge a saved card; written before the provider is asked, asked again under the same key."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="charges")
    attempt = models.PositiveSmallIntegerField(_("try"))
    # The same question must be asked again under the same key, even where the giver has saved another card meanwhile.
    customer_ref = models.CharField(_("provider’s customer"), max_length=255)
    method_ref = models.CharField(_("provider’s saved card"), max_length=255)
    state = models.CharField(_("state"), max_length=9, choices=ChargeState, default=ChargeState.ASKED)
    payment_ref = models.CharField(_("provider’s payment"), max_length=255, blank=True)
    decline_code = models.CharField(_("why it was declined"), max_length=60, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    leased_until = models.DateTimeField(_("being asked until"), null=True, editable=False)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints = [
            models.UniqueConstraint(fields=["contribution", "attempt"], name="charge_attempt_once"),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(state=ChargeState.ASKED),
                name="charge_one_open",
            ),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(state=ChargeState.SUCCEEDED),
                name="charge_one_success",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}/{self.attempt} ({self.state})"

    @property
    def idempotency_key(self) -> str:
        """Key under which the provider charges once, however often it is asked."""
        return f"charge:{self.contribution.public_id}:{self.attempt}"


class Refund(models.Model):
    """Money to be given back; written before the provider is asked, asked again under the same key."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="refunds")
    number = models.PositiveSmallIntegerField(_("number"))
    amount_cents = models.PositiveIntegerField(_("amount (cents)"))
    reason = models.CharField(_("reason"), max_length=12, choices=RefundReason)
    state = models.CharField(_("state"), max_length=9, choices=RefundState, default=RefundState.ASKED)
    provider_ref = models.CharField(_("provider’s refund"), max_length=255, blank=True)
    is_made_elsewhere = models.BooleanField(
        _("made at the provider"), default=False, help_text=_("By a person there, not here.")
    )
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by"),
        help_text=_("Empty: the platform, by the rules."),
    )  # fmt: skip
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by"),
        help_text=_("Who sent a cheque or transfer back."),
    )  # fmt: skip
    done_at = models.DateTimeField(_("answered"), null=True)
    leased_until = models.DateTimeField(_("being asked until"), null=True, editable=False)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="refund_number_once"),
            models.CheckConstraint(condition=Q(amount_cents__gte=1), name="refund_amount_positive"),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(state=RefundState.ASKED, is_made_elsewhere=False),
                name="refund_one_open",
                violation_error_message=_("A refund of this gift is under way already."),
            ),
            models.UniqueConstraint(
                fields=["provider_ref"], condition=~Q(provider_ref=""), name="refund_provider_ref_once"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="refund_open", condition=Q(state=RefundState.ASKED))
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}/{self.number} ({self.state})"

    @property
    def idempotency_key(self) -> str:
        """Key under which the provider pays back once, however often it is asked."""
        return f"refund:{self.contribution.public_id}:{self.number}"


class Dispute(models.Model):
    """The card's bank takes a gift back until it is settled who is right."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="disputes")
    provider_ref = models.CharField(_("provider’s dispute"), max_length=255, unique=True)
    amount_cents = models.PositiveIntegerField(_("amount (cents)"))
    state = models.CharField(_("state"), max_length=4, choices=DisputeState, default=DisputeState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")

    def __str__(self) -> str:
        return f"{self.contribution_id} ({self.state})"
