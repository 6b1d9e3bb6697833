"""Doors, the turfs they are cut into, and who walks these."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import EndOfCheckout, Outcome
from volunteers.models.lists import ContactList
from volunteers.models.teams import Team

TURF_NAME_LENGTH = 80


class StandingTurfs(models.Manager["Turf"]):
    """Turfs that were not taken apart. Who held one that was still comes to it by their checkout."""

    def get_queryset(self) -> models.QuerySet["Turf"]:
        """Leave out what was taken apart."""
        return super().get_queryset().filter(dissolved_at__isnull=True)


class Turf(models.Model):
    """A walkable piece of a list of doors. Doors are put into it when it is cut and stay, whatever becomes of its outline."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="turfs", verbose_name=_("team"))
    contact_list = models.ForeignKey(
        ContactList, models.CASCADE, related_name="turfs", verbose_name=_("contact list")
    )
    name = models.CharField(_("name"), max_length=TURF_NAME_LENGTH)
    # A GeoJSON Polygon in WGS 84 lon/lat: drawn by a captain, or the hull of what was cut automatically.
    outline = models.JSONField(_("outline"))
    is_drawn = models.BooleanField(_("drawn by hand"), default=False)
    # The boundaries on which it was cut (`ridings.BoundarySet.code`); see failure case "boundaries re-imported".
    boundary_code = models.CharField(_("boundaries"), max_length=10)
    is_open = models.BooleanField(
        _("members may take it"),
        default=False,
        help_text=_("Without waiting for a captain to give it to them."),
    )
    outline_version = models.PositiveSmallIntegerField(_("version of the outline"), default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("cut by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("cut"), editable=False)
    # Taken apart after somebody had held it: a phone without a connection may still send what was recorded there.
    dissolved_at = models.DateTimeField(_("taken apart"), null=True, editable=False)

    objects: ClassVar[StandingTurfs] = StandingTurfs()

    class Meta:
        verbose_name = _("turf")
        verbose_name_plural = _("turfs")
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "name"],
                condition=Q(dissolved_at__isnull=True),
                name="turf_name_once",
                violation_error_message=_("There is a turf of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Door(models.Model):
    """A dwelling. Nobody is named: what is said at a door is kept by dwelling.

    `last_outcome` is derived from attempts: the latest conversation, else the latest attempt.
    """

    contact_list = models.ForeignKey(
        ContactList, models.CASCADE, related_name="doors", verbose_name=_("contact list")
    )
    source_id = models.CharField(_("number in the source"), max_length=60, blank=True)
    street = models.CharField(_("street"), max_length=120)
    street_key = models.CharField(max_length=120, editable=False)
    number = models.PositiveIntegerField(_("number"))
    number_suffix = models.CharField(_("suffix"), max_length=10, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    city = models.CharField(_("municipality"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    longitude = models.FloatField(_("longitude"))
    latitude = models.FloatField(_("latitude"))
    address_digest = models.CharField(max_length=64, editable=False)
    turf = models.ForeignKey(
        Turf, models.SET_NULL, null=True, editable=False, related_name="doors", verbose_name=_("turf")
    )
    walk_position = models.PositiveIntegerField(_("place in the walk"), null=True, editable=False)
    last_outcome = models.CharField(
        _("last outcome"), max_length=9, choices=Outcome, blank=True, editable=False
    )
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True, editable=False)
    suppressed_at = models.DateTimeField(_("do not contact since"), null=True, editable=False)

    class Meta:
        verbose_name = _("door")
        verbose_name_plural = _("doors")
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "address_digest"],
                name="door_address_once",
                violation_error_message=_("This address is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="door_on_the_globe",
            ),
        ]
        indexes = [
            models.Index(fields=["turf", "walk_position"], name="door_in_walk"),
            models.Index(fields=["address_digest"], name="door_by_address"),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """Number, street and unit on one line."""
        unit = f" #{self.unit}" if self.unit else ""
        return f"{self.number}{self.number_suffix} {self.street}{unit}"


class TurfCheckout(models.Model):
    """A canvasser holds a turf, until a day; at most one does at a time. History stays."""

    turf = models.ForeignKey(Turf, models.CASCADE, related_name="checkouts", verbose_name=_("turf"))
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="turf_checkouts", verbose_name=_("canvasser")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    checked_out_at = models.DateTimeField(_("checked out"))
    due_at = models.DateTimeField(_("due"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.CharField(_("why"), max_length=9, choices=EndOfCheckout, blank=True)

    class Meta:
        verbose_name = _("turf checked out")
        verbose_name_plural = _("turfs checked out")
        constraints = [
            models.UniqueConstraint(
                fields=["turf"],
                condition=Q(ended_at__isnull=True),
                name="turfcheckout_one_holder",
                violation_error_message=_("Somebody else holds this turf."),
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("checked_out_at")),
                name="turfcheckout_due_later",
                violation_error_message=_("The turf is due before it is given out."),
            ),
        ]
        indexes = [models.Index(fields=["holder", "ended_at"], name="turfcheckout_of_holder")]

    def __str__(self) -> str:
        return f"{self.turf_id} {self.holder_id}"
