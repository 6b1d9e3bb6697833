"""What is signed, and to whom it goes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import Party, in_language
from petitions.rules.signing import Schedule

# Parts of addresses that belong to mailed links, which a petition's own pages would otherwise be mistaken for.
RESERVED_SLUGS = frozenset({"confirm", "manage"})


def refuse_reserved(slug: str) -> None:
    """Raise ValidationError for an address under which a petition's pages could not be reached."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is taken by a page of the site: choose another address."), params={"slug": slug}
        )


class Petition(models.Model):
    """A petition to the leaders of the parties, in both languages."""

    slug_en = models.SlugField(
        _("address (English)"), max_length=80, unique=True, validators=[refuse_reserved]
    )
    slug_fr = models.SlugField(
        _("address (French)"), max_length=80, unique=True, validators=[refuse_reserved]
    )
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_fr = models.CharField(_("title (French)"), max_length=120)
    summary_en = models.CharField(_("in one sentence (English)"), max_length=250)
    summary_fr = models.CharField(_("in one sentence (French)"), max_length=250)
    statement_en = models.TextField(_("why sign (English)"), help_text=_("An empty line begins a paragraph."))
    statement_fr = models.TextField(_("why sign (French)"))
    letter_en = models.TextField(
        _("letter to the leaders (English)"),
        help_text=_("What is signed, without salutation: each leader's own comes before it."),
    )
    letter_fr = models.TextField(_("letter to the leaders (French)"))
    goal = models.PositiveIntegerField(_("goal (signatures)"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    delivered_at = models.DateTimeField(
        _("letter delivered"),
        null=True,
        blank=True,
        help_text=_("Half a year after this and after closing, names under the petition are forgotten."),
    )
    forgotten_at = models.DateTimeField(_("names forgotten"), null=True, editable=False)
    is_published = models.BooleanField(_("published"), default=False)
    is_featured = models.BooleanField(_("on the home page"), default=False)
    counts_unconfirmed = models.BooleanField(
        _("the public count includes signatures not yet confirmed"), default=False
    )
    shows_names = models.BooleanField(_("shows first names and ridings of those who allow it"), default=True)
    needs_proof = models.BooleanField(
        _("hold signatures without proof of work for review"),
        default=False,
        help_text=_("Also holds people whose browser runs no JavaScript. Only while under attack."),
    )

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="petition_closes_after_opening",
                violation_error_message=_("A petition closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(goal__gte=1),
                name="petition_goal_positive",
                violation_error_message=_("A goal is at least one signature."),
            ),
            models.UniqueConstraint(
                fields=["is_featured"],
                condition=Q(is_featured=True),
                name="petition_one_featured",
                violation_error_message=_("Another petition is on the home page: take it off first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        """Return the public page in the active language."""
        return reverse("petitions:petition-page", args=[self.slug])

    @property
    def slug(self) -> str:
        """Last part of the address in the active language."""
        return in_language(self, "slug")

    @property
    def title(self) -> str:
        """Title in the active language."""
        return in_language(self, "title")

    @property
    def summary(self) -> str:
        """One sentence in the active language."""
        return in_language(self, "summary")

    @property
    def statement(self) -> str:
        """Why to sign, in the active language."""
        return in_language(self, "statement")

    @property
    def letter(self) -> str:
        """The letter in the active language."""
        return in_language(self, "letter")

    @property
    def schedule(self) -> Schedule:
        """What decides whether it is open."""
        return Schedule(self.is_published, self.opens_at, self.closes_at, self.withdrawn_at)


class Addressee(models.Model):
    """Somebody the petition's letter goes to."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="addressees")
    name = models.CharField(_("name"), max_length=120)
    role_en = models.CharField(_("role (English)"), max_length=160)
    role_fr = models.CharField(_("role (French)"), max_length=160)
    salutation_en = models.CharField(_("salutation (English)"), max_length=160)
    salutation_fr = models.CharField(_("salutation (French)"), max_length=160)
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, verbose_name=_("party"))
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "name"],
                name="addressee_once",
                violation_error_message=_("This addressee is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_named(self) -> bool:
        """Organizers wrote who holds the office; until then the office stands for the name."""
        return self.name not in {self.role_en, self.role_fr}

    @property
    def role(self) -> str:
        """Role in the active language."""
        return in_language(self, "role")

    @property
    def salutation(self) -> str:
        """Salutation in the active language."""
        return in_language(self, "salutation")
