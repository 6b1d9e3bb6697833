"""Lists of doors and of people to call, where they come from, and until when they are kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import Channel, ListState, Need
from volunteers.models.scripts import Script

SOURCE_LENGTH = 300


class ContactList(models.Model):
    """Doors of one riding, or people to call in one or several ridings (`riding_number` empty).

    Voters lists of elections are none of ours: a list says where it comes from and why its people may be contacted.
    After `purge_on` its doors and people are deleted; attempts keep their counts.
    Source: Elections Canada, discussion papers 1 and 3, 2020: third parties get no list of electors.
    """

    channel = models.CharField(_("for"), max_length=5, choices=Channel)
    name = models.CharField(_("name"), max_length=120)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=6, choices=ListState, default=ListState.DRAFT, editable=False
    )
    source = models.CharField(_("where it comes from"), max_length=SOURCE_LENGTH)
    basis = models.CharField(
        _("why its people may be contacted"), max_length=SOURCE_LENGTH,
        help_text=_("For instance the words they agreed to, or that only public addresses are in it."),
    )  # fmt: skip
    script = models.ForeignKey(
        Script, models.PROTECT, null=True, blank=True, related_name="lists", verbose_name=_("script")
    )
    # Of people to call all over the country; a riding's own list is called whatever its class.
    least_need = models.PositiveSmallIntegerField(_("called in"), choices=Need, default=Need.SWING)
    purge_on = models.DateField(_("deleted on"))
    purged_at = models.DateTimeField(_("was deleted"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name = _("contact list")
        verbose_name_plural = _("contact lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel=Channel.PHONE) | Q(channel=Channel.DOOR, riding_number__isnull=False),
                name="contactlist_doors_of_one_riding",
                violation_error_message=_("A list of doors belongs to one riding."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__isnull=True) | Q(riding_number__range=(10_000, 99_999)),
                name="contactlist_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
            models.CheckConstraint(condition=Q(state__in=ListState.values), name="contactlist_state_known"),
            models.CheckConstraint(condition=Q(least_need__in=Need.values), name="contactlist_need_known"),
        ]
        indexes = [models.Index(fields=["riding_number", "channel"], name="contactlist_by_riding")]

    def __str__(self) -> str:
        return self.name
