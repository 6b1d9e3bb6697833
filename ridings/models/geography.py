"""Boundary sets, ridings and what leads a person to theirs."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import in_language
from coop4canada.kit.text import slug
from ridings.enums import BoundaryStatus, GeometryLevel, Province


class BoundarySet(models.Model):
    """The ridings of one representation order; a FED number means nothing without it."""

    code = models.CharField(
        _("representation order"),
        max_length=12,
        unique=True,
        help_text=_("The year of the order, e.g. 2023."),
    )
    status = models.CharField(_("status"), max_length=8, choices=BoundaryStatus, default=BoundaryStatus.DRAFT)
    riding_count = models.PositiveSmallIntegerField(_("number of ridings"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    shapes_version = models.CharField(
        _("version of the shapes"),
        max_length=64,
        blank=True,
        help_text=_("Empty until boundaries are loaded."),
    )
    loaded_at = models.DateTimeField(_("boundaries loaded"), null=True, blank=True)

    class Meta:
        verbose_name = _("boundary set")
        verbose_name_plural = _("boundary sets")
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status=BoundaryStatus.LIVE),
                name="boundaryset_one_live",
                violation_error_message=_("Another boundary set is in force."),
            ),
        ]

    def __str__(self) -> str:
        return f"Representation order {self.code}"


class Riding(models.Model):
    """A riding: in law a "federal electoral district", named by its five-digit FED number."""

    boundary_set = models.ForeignKey(
        BoundarySet, models.CASCADE, related_name="ridings", verbose_name=_("boundary set")
    )
    number = models.PositiveIntegerField(_("FED number"))
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120)
    other_names = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("Former names and spellings by which people look for it."),
    )
    province = models.CharField(_("province"), max_length=2, choices=Province)
    search_text = models.TextField(_("search text"), editable=False)
    longitude = models.FloatField(
        _("longitude of a point inside"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    latitude = models.FloatField(
        _("latitude of a point inside"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    cell_column = models.SmallIntegerField(_("column in the cartogram"), null=True, blank=True)
    cell_row = models.SmallIntegerField(_("row in the cartogram"), null=True, blank=True)
    is_open_seat = models.BooleanField(
        _("open seat"),
        default=False,
        help_text=_(
            "The member elected last does not run again: the party loses that advantage in projections."
        ),
    )

    class Meta:
        verbose_name = _("riding")
        verbose_name_plural = _("ridings")
        constraints = [
            models.UniqueConstraint(fields=["boundary_set", "number"], name="riding_number_unique"),
            models.UniqueConstraint(
                fields=["boundary_set", "cell_column", "cell_row"],
                name="riding_cell_unique",
                violation_error_message=_("Another riding holds this cell of the cartogram."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=10001, number__lte=62999), name="riding_number_five_digits"
            ),
            models.CheckConstraint(condition=Q(province__in=Province.values), name="riding_province_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_en}"

    def get_absolute_url(self) -> str:
        """Return the address of the riding's page in the active language."""
        return reverse("ridings:riding-page", args=[self.number, self.slug])

    @property
    def name(self) -> str:
        """Name in the active language."""
        return in_language(self, "name")

    @property
    def slug(self) -> str:
        """Name in the active language as it stands in addresses."""
        return slug(self.name)


class RidingBoundary(models.Model):
    """Shape of a riding at full resolution, WGS 84 longitude/latitude."""

    riding = models.OneToOneField(Riding, models.CASCADE, primary_key=True, related_name="boundary")
    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_km2 = models.FloatField()
    vertex_count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("riding boundary")
        verbose_name_plural = _("riding boundaries")

    def __str__(self) -> str:
        return f"Boundary of riding {self.riding_id}"


class RidingOverlap(models.Model):
    """How much of a riding's area lay in a riding of an earlier boundary set."""

    riding = models.ForeignKey(Riding, models.CASCADE, related_name="predecessors")
    former = models.ForeignKey(Riding, models.CASCADE, related_name="successors")
    area_share = models.FloatField(help_text="share of the riding's own area, 0 to 1")

    class Meta:
        verbose_name = _("overlap of ridings")
        verbose_name_plural = _("overlaps of ridings")
        constraints = [
            models.UniqueConstraint(fields=["riding", "former"], name="ridingoverlap_pair_unique"),
            models.CheckConstraint(
                condition=Q(area_share__gt=0, area_share__lte=1), name="ridingoverlap_share_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.riding_id} from {self.former_id}"


class GeometryDocument(models.Model):
    """Simplified shapes for the map: gzip-compressed TopoJSON, immutable, named by its hash."""

    boundary_set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="geometry_documents")
    level = models.CharField(max_length=8, choices=GeometryLevel)
    province = models.CharField(max_length=2, choices=Province, blank=True)
    digest = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("geometry document")
        verbose_name_plural = _("geometry documents")
        constraints = [
            models.UniqueConstraint(
                fields=["boundary_set", "level", "province"], name="geometrydocument_part_unique"
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="geometrydocument_digest")]

    def __str__(self) -> str:
        return f"{self.level} {self.province} {self.digest[:12]}"


class PostalCode(models.Model):
    """Where the addresses of a postal code, or of a whole forward sortation area (FSA), lie."""

    code = models.CharField(_("postal code or its first three characters"), max_length=6)
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="postal_codes", verbose_name=_("riding"))
    share = models.FloatField(
        _("share"), help_text=_("Part of the code's addresses that lie in the riding, 0 to 1.")
    )

    class Meta:
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")
        constraints = [
            models.UniqueConstraint(fields=["code", "riding"], name="postalcode_pair_unique"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="postalcode_share_range"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z][0-9][A-Z]([0-9][A-Z][0-9])?$"), name="postalcode_code_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.riding_id}"


class Place(models.Model):
    """A city, town or neighbourhood by which people look for their riding."""

    name = models.CharField(_("name"), max_length=180)
    province = models.CharField(_("province"), max_length=2, choices=Province)
    search_text = models.TextField(_("search text"), editable=False)
    weight = models.PositiveIntegerField(
        _("weight"), help_text=_("Number of postal codes: larger places come first.")
    )
    ridings: "models.ManyToManyField[Riding, PlaceRiding]" = models.ManyToManyField(
        Riding, through="PlaceRiding"
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [models.UniqueConstraint(fields=["name", "province"], name="place_name_unique")]

    def __str__(self) -> str:
        return f"{self.name}, {self.province}"


class PlaceRiding(models.Model):
    """The share of a place that lies in a riding."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="shares")
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="places")
    share = models.FloatField()

    class Meta:
        verbose_name = _("riding of a place")
        verbose_name_plural = _("ridings of places")
        constraints = [
            models.UniqueConstraint(fields=["place", "riding"], name="placeriding_pair_unique"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="placeriding_share_range"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.riding_id}"
