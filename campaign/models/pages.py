"""Pages that organizers write themselves: the plan and the toolkits."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import Audience, PageKind
from campaign.models.languages import in_language

_MARKDOWN = _("Markdown: ## Heading, - list, **bold**, [words](https://…). HTML is shown as text.")


class Page(models.Model):
    """One page in both languages; its address in each is its own."""

    kind = models.CharField(_("kind"), max_length=8, choices=PageKind, default=PageKind.TOOLKIT)
    audience = models.CharField(
        _("for whom"), max_length=14, choices=Audience, blank=True, help_text=_("Toolkits only.")
    )
    slug_en = models.SlugField(_("address (English)"), max_length=80, unique=True)
    slug_fr = models.SlugField(_("address (French)"), max_length=80, unique=True)
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_fr = models.CharField(_("title (French)"), max_length=120)
    summary_en = models.CharField(_("in one sentence (English)"), max_length=250)
    summary_fr = models.CharField(_("in one sentence (French)"), max_length=250)
    body_en = models.TextField(_("text (English)"), max_length=40_000, help_text=_MARKDOWN)
    body_fr = models.TextField(_("text (French)"), max_length=40_000)
    is_published = models.BooleanField(_("published"), default=False)
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=PageKind.PLAN),
                name="page_one_plan",
                violation_error_message=_("There is a plan already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PageKind.PLAN, audience="")
                | Q(kind=PageKind.TOOLKIT, audience__in=Audience.values),
                name="page_toolkit_has_audience",
                violation_error_message=_("A toolkit is for somebody; the plan is for everybody."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        """Return the public page in the active language."""
        if self.kind == PageKind.PLAN:
            return reverse("campaign:plan")
        return reverse("campaign:toolkit", args=[self.slug])

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
    def body(self) -> str:
        """Markdown in the active language."""
        return in_language(self, "body")
