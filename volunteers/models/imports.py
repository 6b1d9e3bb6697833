"""Files on their way into a list, and what was deleted of lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import Channel
from volunteers.enums.importing import ENDED_IMPORTS, FileFault, ImportState
from volunteers.models.lists import ContactList

FILE_NAME_LENGTH = 200


class ImportBatch(models.Model):
    """A file for one list: uploaded, its columns named, checked, imported. The row is the job; a message only wakes the worker.

    The file is emptied when it has done its service, and a day after it was uploaded in any case; what was wrong in which
    row goes along with it on that day.
    """

    contact_list = models.ForeignKey(
        ContactList, models.CASCADE, related_name="imports", verbose_name=_("contact list")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=ImportState, default=ImportState.UPLOADED, editable=False
    )
    file_name = models.CharField(_("file"), max_length=FILE_NAME_LENGTH)
    content = models.BinaryField(null=True, editable=False)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    # {Column: position in the head row}
    columns = models.JSONField(default=dict, editable=False)
    # [[line, RowFault, what stands there], …]
    bad_rows = models.JSONField(default=list, editable=False)
    new_count = models.PositiveIntegerField(_("new"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    same_count = models.PositiveIntegerField(_("there already"), default=0)
    bad_count = models.PositiveIntegerField(_("left out"), default=0)
    # Of those that are new, changed or there already.
    suppressed_count = models.PositiveIntegerField(_("do not contact"), default=0)
    try_count = models.PositiveSmallIntegerField(default=0, editable=False)
    fault = models.CharField(_("why it failed"), max_length=13, choices=FileFault, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("uploaded by"),
    )  # fmt: skip
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="importbatch_state_known"),
            models.CheckConstraint(
                condition=Q(content__isnull=True) | ~Q(state__in=sorted(ENDED_IMPORTS)),
                name="importbatch_ended_without_file",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="importbatch_waiting")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"


class PurgeReport(models.Model):
    """What was deleted of a list, in numbers; it tells of nobody and stays."""

    contact_list = models.ForeignKey(
        ContactList, models.SET_NULL, null=True, related_name="purges", verbose_name=_("contact list")
    )
    list_name = models.CharField(_("name"), max_length=120)
    channel = models.CharField(_("for"), max_length=5, choices=Channel)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"), null=True)
    door_count = models.PositiveIntegerField(_("doors deleted"))
    contact_count = models.PositiveIntegerField(_("people to call deleted"))
    note_count = models.PositiveIntegerField(_("notes emptied"))
    answer_count = models.PositiveIntegerField(_("answers in words emptied"))
    purged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("deleted by")
    )
    purged_at = models.DateTimeField(_("deleted"))

    class Meta:
        verbose_name = _("report of a deletion")
        verbose_name_plural = _("reports of deletions")

    def __str__(self) -> str:
        return f"{self.list_name} ({self.pk})"
