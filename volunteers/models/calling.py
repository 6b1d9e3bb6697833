"""People to call, and who is calling them now."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import ContactState, EndOfLease, Need, Outcome, ZoneSource
from volunteers.models.lists import ContactList
from volunteers.models.scripts import ScriptVersion


class Contact(models.Model):
    """Somebody on a phone list. `household_key` is that of the address, else of the number: one call a household at a time.

    `next_at` is the earliest moment of the next call; calling hours are checked beside it, in `zone`. While somebody holds
    the contact it is the moment at which that lapses, so that what is under way never stands at the head of the queue.
    """

    contact_list = models.ForeignKey(
        ContactList, models.CASCADE, related_name="contacts", verbose_name=_("contact list")
    )
    source_id = models.CharField(_("number in the source"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    phone = models.CharField(_("phone"), max_length=16)
    phone_digest = models.CharField(max_length=64, editable=False)
    address_digest = models.CharField(max_length=64, blank=True, editable=False)
    household_key = models.CharField(max_length=64, editable=False)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    zone = models.CharField(_("time zone"), max_length=40, blank=True)
    zone_source = models.CharField(
        _("how the zone is known"), max_length=8, choices=ZoneSource, default=ZoneSource.UNKNOWN
    )
    # Of the riding's class (`Need`); higher is called earlier. `refresh_priorities` sees to it.
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Need, default=Need.ANY)
    state = models.CharField(
        _("state"), max_length=10, choices=ContactState, default=ContactState.READY, editable=False
    )
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    next_at = models.DateTimeField(_("next call not before"), editable=False)
    callback_at = models.DateTimeField(_("asked to be called at"), null=True, editable=False)
    callback_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("whom the voter talked with"),
    )  # fmt: skip
    last_outcome = models.CharField(
        _("last outcome"), max_length=9, choices=Outcome, blank=True, editable=False
    )
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "phone", "name"],
                name="contact_once_in_list",
                violation_error_message=_("This person is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)), name="contact_riding_five_digits"
            ),
            models.CheckConstraint(condition=Q(state__in=ContactState.values), name="contact_state_known"),
            models.CheckConstraint(condition=Q(priority__in=Need.values), name="contact_priority_known"),
        ]
        indexes = [
            # A claim reads the head of a list, zone and priority: what is closed, paused or due later is never looked at.
            models.Index(
                fields=["contact_list", "zone", "priority", "next_at", "id"],
                condition=Q(state=ContactState.READY, callback_at__isnull=True),
                name="contact_ready",
            ),
            models.Index(
                fields=["callback_at"],
                condition=Q(state=ContactState.READY, callback_at__isnull=False),
                name="contact_promised",
            ),
            models.Index(fields=["phone_digest"], name="contact_by_phone"),
            models.Index(fields=["household_key"], name="contact_by_household"),
            models.Index(fields=["contact_list", "state"], name="contact_in_list"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_list_id} {self.pk}"


class Lease(models.Model):
    """A caller holds a contact for a while. The partial unique indexes are the last judge of "never two at once".

    It is live while not ended and not expired; an expired one is ended by whoever comes across it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="leases", verbose_name=_("contact"))
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="leases", verbose_name=_("caller")
    )
    script_version = models.ForeignKey(
        ScriptVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("version of a script")
    )
    phone_digest = models.CharField(max_length=64)
    household_key = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("given out"))
    heartbeat_at = models.DateTimeField(_("last sign of life"))
    expires_at = models.DateTimeField(_("lapses"))
    dialled_at = models.DateTimeField(_("dialled"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.CharField(_("why"), max_length=10, choices=EndOfLease, blank=True)

    class Meta:
        verbose_name = _("call under way")
        verbose_name_plural = _("calls under way")
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(ended_at__isnull=True), name="lease_one_per_contact"
            ),
            models.UniqueConstraint(
                fields=["phone_digest"], condition=Q(ended_at__isnull=True), name="lease_one_per_phone"
            ),
            models.UniqueConstraint(
                fields=["household_key"], condition=Q(ended_at__isnull=True), name="lease_one_per_household"
            ),
            models.UniqueConstraint(
                fields=["caller"], condition=Q(ended_at__isnull=True), name="lease_one_per_caller"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="lease_lapses_later"),
        ]
        indexes = [
            models.Index(fields=["caller", "issued_at"], name="lease_of_caller"),
            models.Index(fields=["expires_at"], condition=Q(ended_at__isnull=True), name="lease_lapsing"),
        ]

    def __str__(self) -> str:
        return str(self.id)
