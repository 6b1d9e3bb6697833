"""Who took people's data out of here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from supporters.models.accounts import User


class ExportLog(models.Model):
    """One file with people in it: who took it, when, which rows, how many."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("taken by"))
    what = models.CharField(_("what"), max_length=60)
    choice = models.CharField(_("which rows"), max_length=500, blank=True)
    kind = models.CharField(_("kind of file"), max_length=4)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    created_at = models.DateTimeField(_("begun"))
    done_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.what} {self.created_at:%Y-%m-%d %H:%M}"
