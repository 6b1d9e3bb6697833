"""Pages that organizers wrote, as everybody may read them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaign.enums import Audience, PageKind
from campaign.models import Page
from campaign.rules.markdown import as_html


@dataclass(frozen=True)
class Reading:
    """A page in the active language; `html` is safe to show, `audience` in words, empty for the plan."""

    title: str
    summary: str
    html: str
    audience: str
    path: str


@dataclass(frozen=True)
class AudienceLink:
    """A choice above the list of toolkits."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Toolkits:
    """The toolkits for one audience, or all, and the audiences for whom there are any."""

    items: tuple[Reading, ...]
    audiences: tuple[AudienceLink, ...]
    chosen: str


def plan_page() -> Reading | None:
    """Return the plan, None while none is published."""
    page = _published().filter(kind=PageKind.PLAN).first()
    return _reading(page) if page else None


def toolkit_at(slug: str) -> Page | None:
    """Return the published toolkit with this address in either language."""
    return _published().filter(Q(slug_en=slug) | Q(slug_fr=slug), kind=PageKind.TOOLKIT).first()


def reading_of(page: Page) -> Reading:
    """Return a page as it is read."""
    return _reading(page)


def toolkits(audience: str) -> Toolkits:
    """Return the toolkits for an audience; for one that is not known, or empty, all of them."""
    pages = list(_published().filter(kind=PageKind.TOOLKIT).order_by("display_order", "pk"))
    present = {page.audience for page in pages}
    chosen = audience if audience in present else ""
    return Toolkits(
        items=tuple(_reading(page) for page in pages if chosen in ("", page.audience)),
        audiences=tuple(
            AudienceLink(code.value, str(code.label), code.value == chosen)
            for code in Audience
            if code.value in present
        ),
        chosen=chosen,
    )


def _published() -> QuerySet[Page]:
    return Page.objects.filter(is_published=True)


def _reading(page: Page) -> Reading:
    return Reading(
        title=page.title,
        summary=page.summary,
        html=as_html(page.body),
        audience=str(page.get_audience_display()),
        path=page.get_absolute_url(),
    )
