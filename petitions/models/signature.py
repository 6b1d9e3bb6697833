"""Who signed, and how many."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petitions.models.bulk import Invalidation
from petitions.models.petition import Petition
from petitions.querysets import ORIGIN_NETWORK
from supporters.enums import EntryState
from supporters.models import Entry, Supporter
from supporters.models.people import NAME_LENGTH


class Signature(Entry):
    """One person under one petition, with what they wrote when signing.

    The person's own record may say more, or be gone. A trigger notes every change of the counts in `CountChange`.
    """

    petition = models.ForeignKey(
        Petition, models.PROTECT, related_name="signatures", db_index=False, verbose_name=_("petition")
    )
    supporter = models.ForeignKey(
        Supporter,
        models.SET_NULL,
        null=True,
        related_name="signatures",
        db_index=False,
        verbose_name=_("supporter"),
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    is_public = models.BooleanField(_("first name and riding may be shown"), default=False)
    created_at = models.DateTimeField(_("signed"))
    invalidation = models.ForeignKey(
        Invalidation, models.SET_NULL, null=True, db_index=False, verbose_name=_("bulk decision")
    )
    state_before = models.CharField(_("state before"), max_length=9, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        permissions = [("export_signature", "Can export signatures")]
        constraints = [
            models.UniqueConstraint(fields=["supporter", "petition"], name="signature_one_per_person"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="signature_state_known"),
            models.CheckConstraint(
                condition=~Q(state=EntryState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="signature_confirmed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["petition", "state", "id"], name="signature_by_state"),
            models.Index(fields=["riding_number", "id"], name="signature_by_riding"),
            models.Index(
                fields=["petition", "id"],
                name="signature_public",
                condition=Q(is_public=True, state=EntryState.CONFIRMED),
            ),
            models.Index(
                fields=["referred_by"], name="signature_referred", condition=Q(referred_by__isnull=False)
            ),
            models.Index(
                fields=["invalidation", "id"],
                name="signature_by_decision",
                condition=Q(invalidation__isnull=False),
            ),
            BrinIndex(fields=["created_at"], name="signature_created"),
            # For organizers: searches, the queue of held ones, and forgetting addresses.
            models.Index(fields=["email_domain", "id"], name="signature_by_domain"),
            models.Index(ORIGIN_NETWORK, name="signature_by_network", condition=~Q(origin="")),
            models.Index(fields=["created_at"], name="signature_origin_age", condition=~Q(origin="")),
            models.Index(fields=["id"], name="signature_held", condition=Q(state=EntryState.HELD)),
            models.Index(
                fields=["suspicion", "id"], name="signature_by_suspicion", condition=~Q(suspicion="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class CountChange(models.Model):
    """By how much the counts of a petition in a riding changed; written by a trigger, taken in by the counting job."""

    petition_id = models.BigIntegerField()
    riding_number = models.PositiveIntegerField()
    confirmed = models.IntegerField()
    pending = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.riding_number}: {self.confirmed:+} {self.pending:+}"


class Tally(models.Model):
    """How many signed a petition in a riding, as of the last counting; 0 stands for an unknown riding."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="tallies", db_index=False)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    confirmed = models.IntegerField(_("confirmed"), default=0)
    pending = models.IntegerField(_("not yet confirmed"), default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(fields=["petition", "riding_number"], name="tally_one_per_riding"),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.riding_number}: {self.confirmed}"


class PetitionCount(models.Model):
    """How many signed a petition in all, as of the last counting."""

    petition = models.OneToOneField(Petition, models.CASCADE, related_name="count", primary_key=True)
    confirmed = models.IntegerField(_("confirmed"), default=0)
    pending = models.IntegerField(_("not yet confirmed"), default=0)
    counted_at = models.DateTimeField(_("counted"), null=True)
    recounted_at = models.DateTimeField(_("recounted from the rows"), null=True)

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.confirmed}"
