"""Pages that organizers wrote: the plan and the toolkits."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from campaign import queries
from campaign.enums import ShareTopic
from campaign.models import Page, active_language
from campaign.queries import Reading
from coop4canada.kit.http import public_page
from coop4canada.templatetags.formats import full_address


@public_page
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan."""
    page = queries.plan_page()
    if page is None:
        raise Http404(_("The plan is not written yet."))
    return render(request, "campaign/plan.html", {"page": page, "share": _share(page)})


@public_page
def toolkits(request: HttpRequest) -> HttpResponse:
    """List the toolkits, all or those for one audience."""
    found = queries.toolkits(request.GET.get("audience", ""))
    query = f"audience={found.chosen}" if found.chosen else ""
    return render(request, "campaign/toolkits.html", {"toolkits": found, "query": query})


@public_page
def toolkit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a toolkit; the address of the other language leads to the right one."""
    found = queries.toolkit_at(slug)
    if found is None:
        raise Http404(_("There is no such toolkit."))
    if slug != found.slug:
        return redirect(found.get_absolute_url(), permanent=True)
    page = queries.reading_of(found)
    context = {"page": page, "share": _share(page), "other_language_path": _path_in_other_language(found)}
    return render(request, "campaign/toolkit.html", context)


def _share(page: Reading) -> queries.ShareBox:
    return queries.share_box(ShareTopic.PAGE, title=page.title, count="", link=full_address(page.path))


def _path_in_other_language(page: Page) -> str:
    other = "en" if active_language() == "fr" else "fr"
    with translation.override(other):
        return reverse("campaign:toolkit", args=[page.slug])
