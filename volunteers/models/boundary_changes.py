"""What new boundaries of ridings mean for turfs that were cut on the former ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteers.models.canvass import Turf


class BoundaryChange(models.Model):
    """How many doors of a turf lie in another riding since boundaries changed; the turf stays as it was cut."""

    turf = models.ForeignKey(
        Turf, models.CASCADE, related_name="boundary_changes", verbose_name=_("turf"), editable=False
    )
    boundary_code = models.CharField(_("new boundaries"), max_length=10, editable=False)
    moved_count = models.PositiveIntegerField(_("doors in another riding"), editable=False)
    found_at = models.DateTimeField(_("found"), editable=False)

    class Meta:
        verbose_name = _("turf on former boundaries")
        verbose_name_plural = _("turfs on former boundaries")
        constraints = [
            models.UniqueConstraint(fields=["turf", "boundary_code"], name="boundarychange_once"),
        ]

    def __str__(self) -> str:
        return f"{self.turf_id} {self.boundary_code}"
