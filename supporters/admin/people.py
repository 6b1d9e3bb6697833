"""People: found, looked at, given their data, erased."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import BigTableAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from coop4canada.kit.paging import Search
from coop4canada.kit.panels import functions_of
from supporters.models import Supporter, User
from supporters.queries.my_data import personal_export, personal_page
from supporters.queries.search import supporter_search
from supporters.services import erase_supporter
from supporters.services.exports import Export, note_export

ERASE = "supporters.delete_supporter"
VIEW = "supporters.view_supporter"


@admin.register(Supporter)
class SupporterAdmin(BigTableAdmin):
    """People come by forms, not by hand; they correct their own data by a link of ours."""

    list_display = [
        "name",
        "email",
        "postal_code",
        "riding_number",
        "language",
        "email_confirmed_at",
        "created_at",
    ]
    search_help_text = _("An e-mail, a riding’s number, or words of a name.")
    change_form_template = "admin/supporters/supporter/change_form.html"
    exclude = ["search_text"]
    readonly_fields = ["links"]

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        return supporter_search(typed)

    def get_urls(self) -> list[URLPattern]:
        """Add giving people their data, and erasing them."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/data/", wrap(require_POST(send_data)), name="supporters_supporter_data"),
            path("<int:pk>/erase/", wrap(erase), name="supporters_supporter_erase"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what may be done with the person's data."""
        return super().change_view(
            request, object_id, form_url, {"may_erase": request.user.has_perm(ERASE), **(extra_context or {})}
        )

    @admin.display(description=_("see also"))
    def links(self, supporter: Supporter) -> SafeString:
        """Lead to the consents and the mails, and to what the apps above keep."""
        own = [
            (_("consents"), _list_of("consentevent", supporter)),
            (_("mails"), _list_of("outgoingmessage", supporter)),
        ]
        others = [link(supporter=supporter) for link in functions_of("supporter_links")]
        anchors = ((address, label) for label, address in [*others, *own])
        return format_html("{}", format_html_join(" · ", '<a href="{}">{}</a>', anchors))


def _list_of(model: str, supporter: Supporter) -> str:
    return f"{reverse(f'admin:supporters_{model}_changelist')}?supporter__id__exact={supporter.pk}"


def _person(request: HttpRequest, pk: int, permission: str) -> tuple[Supporter, User]:
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    supporter = Supporter.objects.filter(pk=pk).first()
    if supporter is None:
        raise Http404
    return supporter, request.user


def send_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Send everything that is kept about a person as JSON, to be handed to them."""
    supporter, user = _person(request, pk, VIEW)
    note_export(export=Export("supporters.person", f"supporter {pk}", "json"), user=user, now=now())
    response = JsonResponse(
        personal_export(personal_page(supporter)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="person-{pk}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then erase a person; what was signed keeps counting."""
    supporter, user = _person(request, pk, ERASE)
    if request.method != "POST":
        frame = {
            **admin.site.each_context(request),
            "opts": Supporter._meta,  # noqa: SLF001 — as every page of admin
            "title": _("Erase this person?"),
        }
        return render(request, "admin/supporters/supporter/erase.html", {**frame, "supporter": supporter})
    LogEntry.objects.create(
        user=user,
        action_flag=DELETION,
        object_id=str(pk),
        object_repr=f"supporter {pk}",
        change_message="erased",
    )
    erase_supporter(supporter=supporter, now=now())
    messages.success(request, _("The person is erased. Counts stay; the address is not mailed again."))
    return see_other(reverse("admin:supporters_supporter_changelist"))
